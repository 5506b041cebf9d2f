// `npm run dev`: the window with its dev server where an Electron binary is installed, else the renderer alone.
// Built-ins only, so that it starts before anything else is known to work.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const modules = join(root, 'node_modules');

/** npm's electron package writes path.txt when, and only when, its binary has been unpacked into dist/. */
function hasElectronBinary() {
  const pathFile = join(modules, 'electron', 'path.txt');
  if (!existsSync(pathFile)) return false;
  return existsSync(join(modules, 'electron', 'dist', readFileSync(pathFile, 'utf8').trim()));
}

function command() {
  if (hasElectronBinary()) {
    return [join(modules, 'electron-vite', 'bin', 'electron-vite.js'), 'dev', '--watch'];
  }
  console.log(
    'No Electron binary is installed here, so the renderer is served alone, without its desktop shell:',
  );
  return [
    join(modules, 'vite', 'bin', 'vite.js'),
    join(root, 'renderer'),
    '--host',
    '127.0.0.1',
    '--clearScreen',
    'false',
  ];
}

const [bin, ...args] = command();
if (!existsSync(bin)) {
  console.error(
    'The packages are not installed yet. Start this with `npm run dev`, which installs them first.',
  );
  process.exit(1);
}

const child = spawn(process.execPath, [bin, ...args], { cwd: root, stdio: 'inherit' });
let stopping = false;

// A terminal sends Ctrl-C to the child as well; a supervisor sends TERM to this process only. Either way the child
// ends first, and being asked to stop is no failure.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopping = true;
    child.kill('SIGTERM');
  });
}
child.on('exit', (code) => process.exit(stopping ? 0 : (code ?? 1)));
