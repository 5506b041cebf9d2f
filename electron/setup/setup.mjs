#!/usr/bin/env node
// @ts-check
// Run by npm before `demo`, `start` and `test`. Node's built-in modules only, and nothing that Node 20 lacks: it is what brings the rest.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bringElectron, inspectElectron } from './electron-binary.mjs';
import { bringFaiss, inspectFaiss } from './faiss.mjs';
import { acquireLock, lockPath } from './lock.mjs';
import { checkNode, inspectNode } from './node-runtime.mjs';
import { inspectPackages, installPackages } from './packages.mjs';
import { createSay } from './say.mjs';
import { isDue, readStamp, removeStamp, writeStamp } from './stamps.mjs';

/** @import { Inspection } from './stamps.mjs' */

/**
 * What the steps know of the system; made once, so that tests can give them another.
 * @typedef {object} Context
 * @property {string} root folder of package.json
 * @property {NodeJS.ProcessEnv} env
 * @property {string} platform as process.platform has it
 * @property {string} arch as process.arch has it
 * @property {boolean} asRoot whether system packages may be installed
 * @property {import('./say.mjs').Say} say
 */

/**
 * `given-up`: the application works without, and a later start tries again (see RETRY_AFTER_MS); `fatal`: nothing works without.
 * @typedef {{ outcome: 'done' | 'given-up' } | { outcome: 'fatal', message: string }} StepResult
 */

/**
 * @typedef {object} Step
 * @property {string} name also the name of its stamp
 * @property {(context: Context) => Inspection} inspect
 * @property {(context: Context) => Promise<StepResult>} perform
 */

/** In this order: each needs what the ones before it brought. @type {readonly Step[]} */
export const STEPS = [
  { name: 'packages', inspect: inspectPackages, perform: installPackages },
  { name: 'node', inspect: inspectNode, perform: checkNode },
  { name: 'faiss', inspect: inspectFaiss, perform: bringFaiss },
  { name: 'electron', inspect: inspectElectron, perform: bringElectron },
];

/**
 * Does the steps that are due, one set-up of a folder at a time.
 * @param {Context} context
 * @param {{ force: boolean, steps?: readonly Step[], lock?: string }} options force: also what is stamped as done or given up
 * @returns {Promise<string | null>} null when all is well, else what to tell the user
 */
export async function setUp(context, { force, steps = STEPS, lock = lockPath(context.root) }) {
  const due = (/** @type {Step} */ step) =>
    isDue(readStamp(context.root, step.name), step.inspect(context), Date.now());
  if (!force && !steps.some(due)) return null;

  const release = await acquireLock(lock, (pid) =>
    context.say.line(
      `Another set-up of this folder is at work${pid === null ? '' : ` (process ${pid})`}; waiting for it.`,
    ),
  );
  try {
    for (const step of steps) {
      // Asked again: whoever held the lock may have done it, and packages that were replaced take the other stamps with them.
      if (!force && !due(step)) continue;
      // First, so that a set-up that is killed in the middle leaves no word of being done.
      removeStamp(context.root, step.name);
      const result = await step.perform(context);
      if (result.outcome === 'fatal') return result.message;
      // Inspected after the work, which changes what there is to see.
      const { key, circumstances } = step.inspect(context);
      writeStamp(context.root, step.name, {
        outcome: result.outcome,
        key,
        circumstances,
        at: new Date().toISOString(),
      });
    }
    return null;
  } finally {
    release();
  }
}

/**
 * Lets the tests' own services be installed, when this checkout has them.
 * @param {Context} context
 */
async function installForTests({ root, say }) {
  const script = join(root, 'tests', 'services', 'install.mjs');
  if (!existsSync(script)) return;
  try {
    const { installTestServices } = await import(pathToFileURL(script).href);
    await installTestServices({ log: say.line });
  } catch (error) {
    // The tests that need them then say so themselves, and are counted as skipped.
    say.line(
      `The test services could not be installed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
async function main(args) {
  const unknown = args.find((arg) => arg !== '--test' && arg !== '--force');
  if (unknown !== undefined) {
    process.stderr.write(
      `Unknown option ${unknown}. Usage: node electron/setup/setup.mjs [--test] [--force]\n`,
    );
    return 2;
  }
  /** @type {Context} */
  const context = {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    asRoot: process.getuid?.() === 0,
    say: createSay(process.stderr, Date.now),
  };
  const problem = await setUp(context, { force: args.includes('--force') });
  if (problem !== null) {
    context.say.line(problem);
    return 1;
  }
  if (args.includes('--test')) await installForTests(context);
  return 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2));
}
