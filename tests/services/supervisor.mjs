/**
 * Stands between a test run and one server it started, in a session of its own. Standard input ends when the run
 * stops it, crashes, or is killed with -9: then the server is stopped by its pid, and its folders are removed.
 * Argument: JSON of SupervisedCommand. Prints `exit CODE` when the server ended by itself.
 */
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import process from 'node:process';

const { command, args, env, uid, gid, stopSignal, killAfterMs, removeAtEnd, logFile } = JSON.parse(
  process.argv[2],
);
const logTo = openSync(logFile, 'a');
const identity = uid === undefined ? {} : { uid, gid };
const server = spawn(command, args, {
  cwd: '/',
  env: { ...process.env, ...env },
  stdio: ['ignore', logTo, logTo],
  ...identity,
});
let stopping = false;

// The run may be gone already: there is nobody left to tell.
process.stdout.on('error', () => {});
server.on('error', (error) => finish(`error ${error.message}`));
server.on('close', (code, signal) => finish(`exit ${signal ?? code}`));
process.stdin.on('end', stop).on('error', stop).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);

function stop() {
  if (stopping) return;
  stopping = true;
  server.kill(stopSignal);
  setTimeout(() => server.kill('SIGKILL'), killAfterMs);
}

function finish(line) {
  // While the run still wants the server, its log is the only way to see why it ended.
  if (stopping) for (const folder of removeAtEnd) rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`${line}\n`, () => process.exit(0));
  setTimeout(() => process.exit(0), 1000);
}
