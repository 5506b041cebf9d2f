// @ts-check
// The renderer alone, for the browser door: `npm start` builds it when its sources have changed.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fileHash, isDue, keyOf, readStamp, writeStamp } from './stamps.mjs';

/** @import { Inspection } from './stamps.mjs' */

const SOURCES = ['renderer', 'shared'];

/** @param {string} root */
function pageFolder(root) {
  return join(root, 'out', 'renderer');
}

/**
 * By names, sizes and times, as make does: the sources need not be read at each start.
 * @param {string} root
 * @returns {Inspection}
 */
export function inspectPage(root) {
  const files = SOURCES.flatMap((name) => filesIn(join(root, name)));
  const config = ['electron.vite.config.ts', 'package-lock.json'].map((name) => fileHash(join(root, name)));
  return {
    key: keyOf(['page', ...config, ...files]),
    circumstances: '',
    present: existsSync(join(pageFolder(root), 'index.html')),
  };
}

/** @param {string} folder @returns {[string, number, number][]} */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      const { size, mtimeMs } = statSync(path);
      return [[path, size, mtimeMs]];
    });
}

/**
 * @param {string} root folder of package.json
 * @returns {boolean} false also where the sources are not there, as in an installed package: that brings its page
 */
export function isPageDue(root) {
  if (!existsSync(join(root, 'renderer', 'index.html'))) return false;
  return isDue(readStamp(root, 'page'), inspectPage(root), Date.now());
}

/** Built aside and put in place whole, so that a start at the same moment finds the old page or the new one. @param {string} root */
async function buildPage(root) {
  const before = inspectPage(root);
  const [{ build }, { default: config }] = await Promise.all([
    import('vite'),
    import(pathToFileURL(join(root, 'electron.vite.config.ts')).href),
  ]);
  const aside = join(root, 'out', `.page-${process.pid}`);
  try {
    const { renderer } = config;
    await build({
      ...renderer,
      configFile: false,
      logLevel: 'error',
      // The page also stands under addresses of other depths (app://); electron-vite builds it so.
      base: './',
      build: { ...renderer.build, outDir: aside, emptyOutDir: true, reportCompressedSize: false },
    });
    mkdirSync(join(root, 'out'), { recursive: true });
    rmSync(pageFolder(root), { recursive: true, force: true });
    renameSync(aside, pageFolder(root));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  writeStamp(root, 'page', { ...before, outcome: 'done', at: new Date().toISOString() });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildPage(fileURLToPath(new URL('../..', import.meta.url)));
}
