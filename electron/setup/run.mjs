// @ts-check
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Enough for the last words of a compiler or of npm; a flood must not fill the memory. */
const KEPT_OUTPUT_CHARS = 64 * 1024;

/** Between asking a command to end and ending it. */
const KILL_GRACE_MS = 2_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} totalMs longest time the command may take
 * @property {{ sign: RegExp, withinMs: number }} [firstSign] the command is ended unless its output matches in time: for downloads, where
 *   a host that does not answer is noticed in seconds while a slow line may take minutes
 * @property {() => void} [onFirstSign]
 * @property {boolean} [shell] needed for `npm.cmd` on Windows
 */

/**
 * @typedef {object} RunResult
 * @property {number} code exit code; -1 when it could not be started, was ended for its time, or died of a signal
 * @property {string} output what it wrote to stdout and stderr, in order of arrival, the end of it
 */

/**
 * Runs a command to its end with its output kept aside. Never rejects: whoever calls decides what a failure means.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options) {
  return new Promise((resolve) => {
    let output = '';
    let signSeen = options.firstSign === undefined;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: options.shell ?? false,
      windowsHide: true,
    });
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    const end = (/** @type {string} */ why) => {
      output += `\n${why}`;
      child.kill('SIGTERM');
      timers.push(setTimeout(() => child.kill('SIGKILL'), KILL_GRACE_MS));
      // A grandchild that keeps the pipe open must not keep us.
      child.once('exit', () => finish(-1));
    };
    const finish = (/** @type {number} */ code) => {
      for (const timer of timers) clearTimeout(timer);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, output });
    };
    timers.push(setTimeout(() => end(`ended after ${options.totalMs / 1000} s`), options.totalMs));
    const { firstSign } = options;
    if (firstSign !== undefined) {
      timers.push(
        setTimeout(
          () => signSeen || end(`no answer within ${firstSign.withinMs / 1000} s`),
          firstSign.withinMs,
        ),
      );
    }
    const read = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT_CHARS);
      if (!signSeen && firstSign?.sign.test(output)) {
        signSeen = true;
        options.onFirstSign?.();
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => {
      output += error.message;
      finish(-1);
    });
    child.once('close', (code) => finish(code ?? -1));
  });
}

/**
 * @param {string} output
 * @param {number} count
 * @returns {string[]} its last lines that are not empty
 */
export function lastLines(output, count) {
  return output
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-count);
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null} full path of an executable on PATH, found without starting anything
 */
export function findCommand(name, env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next folder.
    }
  }
  return null;
}
