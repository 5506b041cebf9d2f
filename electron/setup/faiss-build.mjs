// @ts-check
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { scriptNode } from './node-runtime.mjs';
import { lastLines, run } from './run.mjs';
import { cacheFolder } from './stamps.mjs';

/** @import { Context } from './setup.mjs' */
/** @import { Toolchain } from './system-packages.mjs' */

/** A host that refuses says so at once; one that says nothing is given up after this. */
const ANSWER_MS = 6_000;
const DOWNLOAD_MS = 5 * 60_000;

/** Takes 4 s on a small machine; an emulated one is ten times slower. */
const COMPILE_MS = 5 * 60_000;

/**
 * Makes an index of each kind of call that matters here, in a process of its own: a library that does not fit ends the process.
 * Arguments: folder of faiss-node.
 */
const PROBE = `
const { IndexFlatL2 } = require(process.argv[1]);
const index = new IndexFlatL2(4);
index.add([1, 2, 3, 4]);
process.exit(index.ntotal() === 1 && index.search([1, 2, 3, 4], 1).labels[0] === 0 ? 0 : 1);
`;

/** @param {string} root */
export function faissFolder(root) {
  return join(root, 'node_modules', 'faiss-node');
}

/** @param {string} root @returns {string} where `bindings`, which faiss-node loads its library with, looks for it */
export function faissLibrary(root) {
  return join(faissFolder(root), 'build', 'Release', 'faiss-node.node');
}

/**
 * @param {Context} context
 * @returns {Promise<boolean>} whether the application will be able to use FAISS
 */
export async function faissWorks(context) {
  if (!existsSync(faissLibrary(context.root))) return false;
  const { code } = await run(scriptNode(context), ['-e', PROBE, faissFolder(context.root)], {
    cwd: context.root,
    totalMs: 30_000,
  });
  return code === 0;
}

/**
 * Fetches the file that faiss-node's authors built, the way faiss-node's own install script does (prebuild-install, which knows proxies, npm's
 * cache and `npm_config_faiss_node_binary_host`).
 * @param {Context} context
 * @returns {Promise<boolean>} whether it came and works here
 */
export async function fetchPrebuilt(context) {
  const folder = faissFolder(context.root);
  let script;
  try {
    script = createRequire(join(folder, 'package.json')).resolve('prebuild-install/bin.js');
  } catch {
    return false;
  }
  await run(scriptNode(context), [script, '--runtime', 'napi', '--verbose'], {
    cwd: folder,
    env: context.env,
    totalMs: DOWNLOAD_MS,
    firstSign: { sign: /\bhttp 200\b|found (local|cached) prebuild/, withinMs: ANSWER_MS },
  });
  if (await faissWorks(context)) return true;
  // Built for another C library, or half unpacked: what does not load must not stand in the way of our own.
  rmSync(join(folder, 'build'), { recursive: true, force: true });
  return false;
}

/**
 * faiss-node is written for FAISS 1.7.4, which moved `idx_t` from the class Index to the namespace; Debian 12 has 1.7.3, Ubuntu 22.04 1.7.2.
 */
const SHIM = `#include <faiss/Index.h>
#if FAISS_VERSION_MAJOR == 1 && (FAISS_VERSION_MINOR < 7 || (FAISS_VERSION_MINOR == 7 && FAISS_VERSION_PATCH < 4))
namespace faiss { using idx_t = Index::idx_t; }
#endif
`;

/**
 * @param {{ root: string, platform: string, prefix: string, shim: string, output: string, standard: string }} build
 * @returns {string[]} the compiler's arguments
 */
export function compileArguments({ root, platform, prefix, shim, output, standard }) {
  const modules = join(root, 'node_modules');
  const own = prefix === '/usr' ? [] : [`-I${join(prefix, 'include')}`, `-L${join(prefix, 'lib')}`];
  const system =
    platform === 'darwin'
      ? // Homebrew's FAISS brings its own BLAS; Node's symbols are found when the library is loaded.
        [
          '-bundle',
          '-undefined',
          'dynamic_lookup',
          `-L${join(dirname(prefix), 'libomp', 'lib')}`,
          '-lfaiss',
          '-lomp',
          '-framework',
          'Accelerate',
        ]
      : ['-shared', '-fPIC', '-lfaiss', '-lopenblas', '-lgomp'];
  return [
    '-DNAPI_VERSION=8',
    '-DNAPI_CPP_EXCEPTIONS',
    '-fexceptions',
    `-std=${standard}`,
    '-O3',
    '-include',
    shim,
    `-I${join(modules, 'node-api-headers', 'include')}`,
    `-I${join(modules, 'node-addon-api')}`,
    ...own.slice(0, 1),
    join(faissFolder(root), 'src', 'faiss.cc'),
    '-o',
    output,
    // Libraries after what uses them: the linker reads them once, in order.
    ...own.slice(1),
    ...system,
  ];
}

/**
 * Compiles faiss-node's one file against the system's FAISS and puts the library in place in one step.
 * @param {Context} context
 * @param {Toolchain} toolchain
 * @returns {Promise<{ ok: boolean, reason: string }>}
 */
export async function compileFaiss(context, { compiler, prefix }) {
  if (compiler === null) return { ok: false, reason: 'there is no C++ compiler' };
  if (prefix === null) return { ok: false, reason: 'the FAISS library is not installed' };
  const { root, env, platform } = context;
  const shim = join(cacheFolder(root), 'faiss', 'shim.h');
  mkdirSync(dirname(shim), { recursive: true });
  writeFileSync(shim, SHIM);
  const library = faissLibrary(root);
  const output = `${library}.${process.pid}`;
  mkdirSync(dirname(library), { recursive: true });
  let reason = '';
  // FAISS 1.7 is written in C++17 and an old compiler knows no more; a newer FAISS may ask for C++20.
  for (const standard of ['c++17', 'c++20']) {
    const compiled = await run(
      compiler,
      compileArguments({ root, platform, prefix, shim, output, standard }),
      {
        cwd: root,
        env,
        totalMs: COMPILE_MS,
      },
    );
    if (compiled.code === 0) {
      renameSync(output, library);
      if (await faissWorks(context)) return { ok: true, reason: '' };
      rmSync(library, { force: true });
      return { ok: false, reason: 'the compiled library does not load' };
    }
    rmSync(output, { force: true });
    reason ||= lastLines(compiled.output, 50).find((line) => line.includes('error')) ?? 'the compiler failed';
  }
  return { ok: false, reason };
}
