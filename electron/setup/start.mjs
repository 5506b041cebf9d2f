// `npm start`: the desktop app where there is an Electron to run it, else one line that says what to do instead.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const electron = join(root, 'node_modules', 'electron');

/** Electron's program, or null where its download was not possible. */
function electronBinary() {
  const pathFile = join(electron, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(electron, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  return new Promise((resolve) => {
    spawn(command, args, { cwd: root, stdio: 'inherit' }).on('exit', (code) => resolve(code ?? 1));
  });
}

const binary = electronBinary();
const display =
  process.platform !== 'linux' || (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') !== '';
if (binary === null || !display) {
  console.log(
    `${binary === null ? 'Electron is not installed here' : 'There is no display here'}, so no window opens. Use the command line: npm run -s accession -- --help`,
  );
} else {
  const built = await run(process.execPath, [
    join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
  ]);
  process.exitCode = built === 0 ? await run(binary, [root]) : built;
}
