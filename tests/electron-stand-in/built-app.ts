import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const sources = [
  'electron',
  'renderer',
  'shared',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
];

const keptMs = 60 * 60_000;

/**
 * A folder as `electron <folder>` runs it: package.json, out/ with a real build of the sources as they are, and
 * the dependencies. Made once for the same sources, whichever test file asks first; a second one that builds at the
 * same time does it for nothing, and the first to finish is used by both. ACCESSION_BUILT_APP names one that is there.
 */
export function builtApp(): string {
  if (process.env.ACCESSION_BUILT_APP) return process.env.ACCESSION_BUILT_APP;
  const cache = join(root, 'node_modules', '.cache', 'accession', 'built-app');
  const appDir = join(cache, hashOf(sources).slice(0, 16));
  if (existsSync(appDir)) return appDir;
  mkdirSync(cache, { recursive: true });
  const older = readdirSync(cache);
  const made = join(cache, `making-${process.pid}`);
  build(made);
  try {
    renameSync(made, appDir);
  } catch (error) {
    if (!existsSync(appDir)) throw error;
    rmSync(made, { recursive: true, force: true });
  }
  // Younger ones may be in use by another run.
  for (const name of older)
    if (Date.now() - (statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) > keptMs)
      rmSync(join(cache, name), { recursive: true, force: true });
  return appDir;
}

/** Builds into a folder of its own; also for tests that change something in it. */
export function build(appDir: string): void {
  rmSync(appDir, { recursive: true, force: true });
  mkdirSync(appDir, { recursive: true });
  const bin = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  // Without the test runner's NODE_ENV: the build decides by its own mode.
  const { NODE_ENV: _unused, ...env } = process.env;
  execFileSync(process.execPath, [bin, 'build', '--outDir', join(appDir, 'out')], {
    cwd: root,
    stdio: 'pipe',
    env,
  });
  copyFileSync(join(root, 'package.json'), join(appDir, 'package.json'));
  // The packaged application has them beside out/, too (electron-builder.yml).
  cpSync(join(root, 'shared', 'samples'), join(appDir, 'shared', 'samples'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(appDir, 'node_modules'), 'junction');
}

function hashOf(names: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const entries = readdirSync(join(root, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) add(inner);
      else hash.update(inner).update(readFileSync(join(root, inner)));
    }
  };
  for (const name of names) {
    if (/\./.test(name)) hash.update(name).update(readFileSync(join(root, name)));
    else add(name);
  }
  return hash.digest('hex');
}
