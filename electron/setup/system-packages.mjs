// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand, lastLines, run } from './run.mjs';

/** @import { Context } from './setup.mjs' */

/** Two packages of about 60 MB; apt waits for another apt's lock within this. */
const APT_MS = 10 * 60_000;

/**
 * What a compilation against the system's own FAISS needs and what is there.
 * @typedef {object} Toolchain
 * @property {string | null} compiler path of a C++ compiler
 * @property {string | null} prefix folder that holds include/faiss/Index.h
 */

/**
 * @param {{ env: NodeJS.ProcessEnv }} context
 * @returns {Toolchain} found by looking at a dozen paths, without starting anything
 */
export function findToolchain({ env }) {
  const compiler =
    env.CXX || findCommand('c++', env) || findCommand('g++', env) || findCommand('clang++', env);
  // FAISS_PREFIX for one's own build; then Debian, Fedora and Arch; what `make install` does; Homebrew on Apple silicon and on Intel.
  const places = [env.FAISS_PREFIX, '/usr', '/usr/local', '/opt/homebrew/opt/faiss', '/usr/local/opt/faiss'];
  const prefix = places.find((place) => place && existsSync(join(place, 'include', 'faiss', 'Index.h')));
  return { compiler: compiler ?? null, prefix: prefix ?? null };
}

/**
 * @param {{ platform: string, hasApt: boolean, hasBrew: boolean, hasCompiler: boolean }} system
 * @returns {string | null} the one command to type, or null where none is known for certain
 */
export function commandToType({ platform, hasApt, hasBrew, hasCompiler }) {
  if (hasApt) return `sudo apt-get install -y ${debianPackages(hasCompiler).join(' ')}`;
  // libomp is what Apple's compiler lacks; the compiler itself comes with Homebrew.
  if (hasBrew) return platform === 'darwin' ? 'brew install faiss libomp' : 'brew install faiss openblas';
  return null;
}

/**
 * @param {boolean} hasCompiler
 * @returns {string[]}
 */
export function debianPackages(hasCompiler) {
  return [...(hasCompiler ? [] : ['g++']), 'libfaiss-dev', 'libopenblas-dev'];
}

/**
 * Installs Debian packages, as root. Asks for a fresh package list only when the one at hand does not do: it may be missing (containers) or name
 * versions that are gone.
 * @param {Context} context
 * @param {readonly string[]} packages
 * @returns {Promise<{ ok: boolean, reason: string }>}
 */
export async function installDebianPackages({ env }, packages) {
  const quietEnv = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  // Out of reach is to be noticed in seconds, another apt at work to be waited for.
  const options = [
    '-qq',
    '-o',
    'Acquire::Retries=1',
    '-o',
    'Acquire::http::Timeout=10',
    '-o',
    'Acquire::https::Timeout=10',
  ];
  const install = () =>
    run(
      'apt-get',
      [...options, '-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...packages],
      { env: quietEnv, totalMs: APT_MS },
    );
  let result = await install();
  if (result.code !== 0) {
    await run('apt-get', [...options, 'update'], { env: quietEnv, totalMs: APT_MS });
    result = await install();
  }
  return { ok: result.code === 0, reason: lastLines(result.output, 1).join('') };
}
