import { join } from 'node:path';
import { app, protocol } from 'electron';
import { runDesktop } from './desktop.ts';
import { appScheme, appUrl } from './protocol.ts';

// This file runs as out/main/main.js; its siblings are found from there, in a checkout and inside app.asar alike.
const outDir = join(import.meta.dirname, '..');

// The address of a dev server is taken from the environment only where nothing is packaged.
const devUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;

app.enableSandbox();
// Windows shows notifications only of an application that says who it is; electron-builder.yml has the same name.
app.setAppUserModelId('org.accession.desktop');
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

// While developing, the old instance may still be ending when its successor starts: it must not give way to it.
if (devUrl === undefined && !app.requestSingleInstanceLock()) app.quit();
else runDesktop({ outDir, pageUrl: devUrl ?? appUrl });
