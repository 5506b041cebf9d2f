// `npm start`: the desktop app where there is an Electron and a display to run it, else the same page in a browser.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPageDue } from './page.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const electron = join(root, 'node_modules', 'electron');

/** Electron's program, or null where its download was not possible. */
function electronBinary() {
  const pathFile = join(electron, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(electron, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/**
 * Resolves to the exit code. A terminal sends Ctrl-C to the child as well, a supervisor asks this process only: either
 * way the child ends first.
 * @param {string} command @param {string[]} args @returns {Promise<number>}
 */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    const ignore = () => {};
    process.on('SIGTERM', pass).on('SIGHUP', pass).on('SIGINT', ignore);
    const end = (/** @type {number} */ code) => {
      process.off('SIGTERM', pass).off('SIGHUP', pass).off('SIGINT', ignore);
      resolve(code);
    };
    child.on('error', () => end(1));
    child.on('exit', (code) => end(code ?? 1));
  });
}

async function openWindow(/** @type {string} */ binary) {
  const built = await run(process.execPath, [
    join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
  ]);
  return built === 0 ? run(binary, [root]) : built;
}

/** What is built serves an installed package; in a checkout the sources run as they are. */
async function openPage() {
  const built = isPageDue(root) ? await run(process.execPath, [join(import.meta.dirname, 'page.mjs')]) : 0;
  const source = join(root, 'electron', 'cli', 'cli.ts');
  const cli = existsSync(source) ? source : join(root, 'out', 'main', 'cli.js');
  return built === 0 ? run(process.execPath, [cli, 'serve', '--open', ...process.argv.slice(2)]) : built;
}

const binary = electronBinary();
const display =
  process.platform !== 'linux' || (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') !== '';
if (binary !== null && display) {
  process.exitCode = await openWindow(binary);
} else {
  console.log(
    `${binary === null ? 'Electron is not installed here' : 'There is no display here'}, so Accession opens in a browser instead of a window of its own.`,
  );
  process.exitCode = await openPage();
}
