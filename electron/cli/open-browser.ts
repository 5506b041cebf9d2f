import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A browser that has not read the file by then never will. */
const FORGET_MS = 60_000;

/**
 * Opens the address in the person's browser, where there is one. Never fails. Every account of a computer can read
 * the arguments of every program, and the address holds the token: it goes through a file that only this account
 * may read.
 */
export function openInBrowser(url: string, homeDir: string): void {
  const [command, ...args] = opener(process.platform, process.env);
  if (command === undefined) return;
  try {
    const dir = join(homeDir, 'browser-door');
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const file = join(dir, `open-${process.pid}.html`);
    rmSync(file, { force: true });
    writeFileSync(
      file,
      `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${url}"><title>Accession</title>\n`,
      {
        mode: 0o600,
        flag: 'wx',
      },
    );
    const forget = (): void => rmSync(file, { force: true });
    setTimeout(forget, FORGET_MS).unref();
    process.once('exit', forget);
    const child = spawn(command, [...args, pathToFileURL(file).href], { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    child.unref();
  } catch {
    // The address stands on the terminal.
  }
}

/** What opens a page here; nothing where no window could. */
export function opener(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasDisplay = Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY);
  return hasDisplay ? ['xdg-open'] : [];
}
