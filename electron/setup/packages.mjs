// @ts-check
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lastLines, run } from './run.mjs';
import { fileHash, keyOf, readJson } from './stamps.mjs';

/** @import { Context, StepResult } from './setup.mjs' */
/** @import { Inspection } from './stamps.mjs' */

/** A first installation on a slow line; npm itself gives up on a dead one long before. */
const INSTALL_MS = 20 * 60_000;

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockEntry */

/**
 * @param {Context} context
 * @returns {Inspection}
 */
export function inspectPackages({ root, platform, arch }) {
  return {
    key: keyOf(['packages', fileHash(join(root, 'package-lock.json')), platform, arch]),
    circumstances: '',
    present: existsSync(join(root, 'node_modules', '.package-lock.json')),
  };
}

/**
 * Whether what is installed is what the lock file asks for, so that a folder installed by hand is not installed again.
 * npm writes `node_modules/.package-lock.json` (same format, lockfileVersion 3) at the end of an installation, naming what it put there.
 * @param {{ packages?: Record<string, LockEntry> } | null} lock package-lock.json
 * @param {{ packages?: Record<string, LockEntry> } | null} installed node_modules/.package-lock.json
 * @param {(path: string) => boolean} folderExists asked for each installed package, by its path relative to the project
 * @returns {boolean}
 */
export function isInstalled(lock, installed, folderExists) {
  if (!lock?.packages || !installed?.packages) return false;
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const present = installed.packages[path];
    if (present === undefined) {
      // npm leaves out what is for other systems; such packages are always optional.
      if (wanted.optional || wanted.devOptional) continue;
      return false;
    }
    if (present.version !== wanted.version || present.integrity !== wanted.integrity) return false;
    if (!folderExists(path)) return false;
  }
  return true;
}

/**
 * The npm that runs us, with the Node that runs it: `npm run` puts the Node of node_modules first on PATH, and that one is about to be replaced.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand(env, platform) {
  const script = env.npm_execpath;
  if (script && /^npm(-cli)?\.c?js$/.test(basename(script)) && existsSync(script)) {
    return { command: env.npm_node_execpath ?? process.execPath, args: [script], shell: false };
  }
  return platform === 'win32'
    ? { command: 'npm.cmd', args: [], shell: true }
    : { command: 'npm', args: [], shell: false };
}

/**
 * @param {Context} context
 * @returns {Promise<StepResult>} `fatal` when the packages could not be installed: nothing can run without them
 */
export async function installPackages(context) {
  const { root, env, platform, say } = context;
  const lock = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  if (isInstalled(lock, installed, (path) => existsSync(join(root, path)))) return { outcome: 'done' };

  const npm = npmCommand(env, platform);
  // Windows cannot delete the node.exe that is running this very script, and `npm ci` deletes everything.
  const inUse = platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules'));
  const done = say.start(installed === null ? 'installing packages' : 'bringing packages up to date');
  const { code, output } = await run(
    npm.command,
    [
      ...npm.args,
      ...(inUse ? ['install', '--no-save'] : ['ci']),
      // Install scripts are what this set-up does itself, where it can say what goes on.
      '--ignore-scripts',
      // NODE_ENV=production or a user's own setting would leave out what builds and tests need, and Node 24.
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      // Errors only: run by Node 20, npm warns of each package that asks for a newer one, and Node 24 is among what it installs.
      '--loglevel=error',
    ],
    { cwd: root, env, totalMs: INSTALL_MS, shell: npm.shell },
  );
  if (code === 0) {
    done('done');
    return { outcome: 'done' };
  }
  done('failed');
  // npm ends a complaint about the lock file with a page on its own usage.
  const reason = lastLines(output.split(/^npm error Clean install a project/m)[0] ?? '', 8).map(
    (line) => `  ${line}`,
  );
  return {
    outcome: 'fatal',
    message: [
      'The packages could not be installed. The last words of npm:',
      ...reason,
      packagesHint(output),
    ].join('\n'),
  };
}

/**
 * @param {string} output what npm wrote
 * @returns {string} what to do about it
 */
export function packagesHint(output) {
  if (/EUSAGE|in sync/.test(output)) {
    return 'package.json and package-lock.json do not belong together: take both from the same commit, or run `npm install` once.';
  }
  if (/ENOSPC/.test(output)) return 'The disk is full: free about 1 GB, then run the same command again.';
  if (/EACCES|EPERM/.test(output)) {
    return 'This folder, or npm’s cache, belongs to another user: give it back (chown), then run the same command again.';
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|network/i.test(output)) {
    return 'npm could not reach its registry: check the network connection and, behind a proxy, `npm config get proxy`; then run the same command again.';
  }
  return 'Run the same command again; if it fails again, delete the folder node_modules first.';
}
