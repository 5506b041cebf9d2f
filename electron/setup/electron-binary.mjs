// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptNode } from './node-runtime.mjs';
import { proxies } from './proxies.mjs';
import { run } from './run.mjs';
import { keyOf, readJson } from './stamps.mjs';

/** @import { Context, StepResult } from './setup.mjs' */
/** @import { Inspection } from './stamps.mjs' */

/** A host that refuses says so at once; one that says nothing is given up after this. */
const ANSWER_MS = 6_000;

/** About 110 MB. */
const DOWNLOAD_MS = 15 * 60_000;

/** @param {string} root */
function electronFolder(root) {
  return join(root, 'node_modules', 'electron');
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

/**
 * @param {string} root
 * @param {unknown} version of the package electron
 * @returns {boolean} whether the unpacked binary belongs to the package: electron's own files `dist/version` and `path.txt` say so
 */
function isUnpacked(root, version) {
  const folder = electronFolder(root);
  const executable = readText(join(folder, 'path.txt'));
  return (
    executable !== null &&
    readText(join(folder, 'dist', 'version'))?.replace(/^v/, '') === version &&
    existsSync(join(folder, 'dist', executable))
  );
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean} whether the user wants no binary (ELECTRON_SKIP_BINARY_DOWNLOAD, also from .npmrc) or has one of their own
 */
export function isUnwanted(env) {
  const skip = env.ELECTRON_SKIP_BINARY_DOWNLOAD || env.npm_config_electron_skip_binary_download;
  return (
    (skip !== undefined && !['', '0', 'false'].includes(skip)) || Boolean(env.ELECTRON_OVERRIDE_DIST_PATH)
  );
}

/**
 * @param {Context} context
 * @returns {Inspection}
 */
export function inspectElectron({ root, env, platform, arch }) {
  const version = readJson(join(electronFolder(root), 'package.json'))?.version ?? null;
  return {
    key: keyOf(['electron', version, platform, arch]),
    circumstances: keyOf([mirror(env), proxies(env)]),
    present: version === null || isUnwanted(env) || isUnpacked(root, version),
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} with the slash at its end that Electron's downloader takes for granted
 */
export function mirror(env) {
  const named = env.npm_config_electron_mirror || env.NPM_CONFIG_ELECTRON_MIRROR || env.ELECTRON_MIRROR;
  return named?.replace(/\/*$/, '/');
}

/**
 * The environment of Electron's install script. It (through @electron/get) compares SHA-256 sums, knows mirrors and keeps a cache, but has a
 * proxy only with a package it does not bring: Node 24's own proxy support takes that place.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} temporary folder for the half-loaded file
 * @returns {NodeJS.ProcessEnv}
 */
export function installEnvironment(env, temporary) {
  const chosen = mirror(env);
  /** @type {NodeJS.ProcessEnv} */
  const result = {
    ...env,
    ...proxies(env),
    ...(chosen ? { ELECTRON_MIRROR: chosen, npm_config_electron_mirror: chosen } : {}),
    NODE_USE_ENV_PROXY: '1',
    ELECTRON_GET_NO_PROGRESS: '1',
    TMPDIR: temporary,
    TEMP: temporary,
  };
  // These would take the sums from the same place as the file: whoever can change the one can change the other.
  delete result.electron_use_remote_checksums;
  delete result.npm_config_electron_use_remote_checksums;
  return result;
}

/**
 * Fetches, checks and unpacks Electron's binary by its own install script. Never fatal: the command line and the browser door do without.
 * @param {Context} context
 * @returns {Promise<StepResult>}
 */
export async function bringElectron(context) {
  const { root, env, say } = context;
  const folder = electronFolder(root);
  const version = readJson(join(folder, 'package.json'))?.version;
  if (inspectElectron(context).present) return { outcome: 'done' };
  const script = join(folder, 'install.js');
  // A later Electron may bring its binary in another way; it then also fetches it by itself at its first start.
  if (!existsSync(script)) return { outcome: 'given-up' };

  const done = say.start(`Electron ${version}`);
  const temporary = mkdtempSync(join(tmpdir(), 'accession-electron-'));
  try {
    const preload = new URL(`./fetch-deadline.mjs?answerMs=${ANSWER_MS}`, import.meta.url).href;
    const { code, output } = await run(scriptNode(context), ['--import', preload, script], {
      cwd: folder,
      env: installEnvironment(env, temporary),
      totalMs: DOWNLOAD_MS,
    });
    if (code === 0 && isUnpacked(root, version)) {
      done('done');
      return { outcome: 'done' };
    }
    done(`${whyNot(output)}: going on without the desktop window`);
    return { outcome: 'given-up' };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {string} output of Electron's install script: a stack trace, which may name a private mirror and is therefore not repeated
 * @returns {string}
 */
export function whyNot(output) {
  if (/checksum/i.test(output))
    return 'refused, because the file that came is not the one its makers published';
  const status = /Response code (\d{3})/.exec(output);
  if (status !== null) return `not to be had, the server answered ${status[1]}`;
  if (/No checksum|does not have a published/i.test(output)) return 'not published for this system';
  if (/ENOSPC/.test(output)) return 'not unpacked, the disk is full';
  return 'out of reach';
}
