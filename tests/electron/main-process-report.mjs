// Runs out/main/main.js (argv[2]) on the stand-in, does to it what a page, a visitor and a crash would do, and prints
// what came of it as JSON for the test.
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { app, seen } from 'electron';

await import(pathToFileURL(process.argv[2]).href);
await new Promise((resolve) => setImmediate(resolve));

const [window] = seen.windows;
const contents = window.webContents;
const page = contents.getURL();

function prevented(event, details) {
  let stopped = false;
  contents.emit(event, { ...details, preventDefault: () => (stopped = true) });
  return stopped;
}

const ask = (senderFrame) => seen.requestHandler({ senderFrame }, { route: 'app.about', input: {} });
const document = await seen.protocolHandler(new Request(page));

const report = {
  sandboxForAll: seen.sandboxForAll,
  scheme: seen.scheme,
  webPreferences: window.options.webPreferences,
  page,
  channel: seen.channel,
  document: { status: document.status, policy: document.headers.get('content-security-policy') },
  elsewhere: prevented('will-navigate', { url: 'https://example.org/' }),
  reload: prevented('will-navigate', { url: page }),
  frame: prevented('will-frame-navigate', { url: 'https://example.org/', isMainFrame: false }),
  redirect: prevented('will-redirect', { url: 'https://example.org/' }),
  webview: prevented('will-attach-webview', {}),
  newWindow: window.openHandler({ url: 'https://example.org/' }),
  permissionAsked: await new Promise((resolve) => seen.permissions.request(contents, 'media', resolve)),
  permissionChecked: seen.permissions.check(contents, 'media'),
  device: seen.permissions.device({}),
  about: await ask(contents.mainFrame),
  stranger: await ask({ url: page }),
};

const [crashed] = seen.backends;
crashed.kill('SIGKILL');
await once(crashed, 'exit');
report.sentAfterCrash = seen.sent.slice();
report.aboutAfterCrash = await ask(contents.mainFrame);
report.backendsStarted = seen.backends.length;
app.quit();
await once(seen.backends[1], 'exit');
report.sentAfterQuit = seen.sent.length;

process.stdout.write(JSON.stringify(report));
