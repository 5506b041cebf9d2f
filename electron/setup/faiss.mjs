// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compileFaiss, faissFolder, faissLibrary, faissWorks, fetchPrebuilt } from './faiss-build.mjs';
import { bundledNode } from './node-runtime.mjs';
import { proxies } from './proxies.mjs';
import { findCommand } from './run.mjs';
import { fileHash, keyOf, readJson } from './stamps.mjs';
import { commandToType, debianPackages, findToolchain, installDebianPackages } from './system-packages.mjs';

/** @import { Context, StepResult } from './setup.mjs' */
/** @import { Inspection } from './stamps.mjs' */

/** To be raised when the way of building changes, so that libraries built the old way are built again. */
const RECIPE = 1;

/**
 * @param {Context} context
 * @returns {Inspection}
 */
export function inspectFaiss({ root, env, platform, arch, asRoot }) {
  const { compiler, prefix } = findToolchain({ env });
  return {
    key: keyOf([
      'faiss',
      RECIPE,
      fileHash(join(faissFolder(root), 'package.json')),
      fileHash(join(faissFolder(root), 'src', 'faiss.cc')),
      readJson(join(root, 'node_modules', 'node-addon-api', 'package.json'))?.version,
      platform,
      arch,
      // Node's N-API is stable, but a library is only known to load in the Node that loaded it.
      bundledNode(root, platform, arch)?.version ?? process.versions.modules,
    ]),
    circumstances: keyOf([compiler, prefix, asRoot, env.npm_config_faiss_node_binary_host, proxies(env)]),
    present: existsSync(faissLibrary(root)),
  };
}

/**
 * Gets faiss-node's native library: as its authors built it, or compiled here. Never fatal, for vectors can also live in Postgres.
 * @param {Context} context
 * @returns {Promise<StepResult>}
 */
export async function bringFaiss(context) {
  const { env, platform, asRoot, say } = context;
  if (!existsSync(faissFolder(context.root))) return { outcome: 'given-up' };
  if (await faissWorks(context)) return { outcome: 'done' };

  const done = say.start('the FAISS library');
  if (await fetchPrebuilt(context)) {
    done('fetched');
    return { outcome: 'done' };
  }
  let toolchain = findToolchain(context);
  let reason = '';
  if ((toolchain.prefix === null || toolchain.compiler === null) && asRoot && findCommand('apt-get', env)) {
    const installed = await installDebianPackages(context, debianPackages(toolchain.compiler !== null));
    toolchain = findToolchain(context);
    if (!installed.ok) reason = installed.reason;
  }
  let compiled = await compileFaiss(context, toolchain);
  if (!compiled.ok && reason === '' && toolchain.prefix !== null && asRoot && findCommand('apt-get', env)) {
    // The headers are there, but not what goes with them (OpenBLAS): apt adds what is missing and is quick when nothing is.
    const installed = await installDebianPackages(context, debianPackages(toolchain.compiler !== null));
    if (installed.ok) compiled = await compileFaiss(context, toolchain);
  }
  if (compiled.ok) {
    done('built');
    return { outcome: 'done' };
  }
  done(`not to be had: ${reason || compiled.reason}`);
  const command = commandToType({
    platform,
    hasApt: findCommand('apt-get', env) !== null,
    hasBrew: findCommand('brew', env) !== null,
    hasCompiler: toolchain.compiler !== null,
  });
  const remedy =
    command === null ? 'install FAISS and OpenBLAS (C++ headers and libraries)' : `type \`${command}\``;
  say.line(`Without FAISS, run Accession with VECTOR_STORE_TYPE=pgvector; or ${remedy} and start again.`);
  return { outcome: 'given-up' };
}
