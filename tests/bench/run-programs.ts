import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { BareResult, CheckResult } from './check-result.ts';
import { benchFolder } from './generate-books.ts';
import { type PeakMemory, watchMemory } from './measure-memory.ts';

/** Longer than the slowest machine needs for a million rows; a program that hangs must not hang the benchmark. */
const RUN_TIMEOUT_MS = 10 * 60_000;

const STDERR_TAIL_CHARS = 2_000;

/** As package.json, the installed command and the desktop start the product. */
const STARTED_AS = ['--max-semi-space-size=8'];

function beside(program: string): string {
  return fileURLToPath(new URL(program, import.meta.url));
}

/** Throws Error where the program fails, hangs or prints something else. */
export function runBare(
  path: string,
  mode: 'lists' | 'objects',
): Promise<BareResult & { memory: PeakMemory }> {
  const args = [beside('bare-papa.ts'), path, ...(mode === 'objects' ? ['--header'] : [])];
  return runNode(args, process.env, BareResult);
}

/**
 * One run of ours, in a workspace of its own that is thrown away. No database is asked, whatever the environment
 * names. Throws Error where the program fails, hangs or prints something else.
 */
export async function runOurs(
  path: string,
  program = beside('check-once.ts'),
): Promise<CheckResult & { memory: PeakMemory }> {
  const home = await mkdtemp(join(benchFolder(), 'home-'));
  try {
    const { DB_URL: _db, DB_URL_FILE: _dbFile, ...env } = process.env;
    return await runNode([...STARTED_AS, program, path], { ...env, ACCESSION_HOME: home }, CheckResult);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function runNode<T extends object>(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  result: z.ZodType<T>,
): Promise<T & { memory: PeakMemory }> {
  const child = spawn(process.execPath, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: RUN_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_TAIL_CHARS);
  });
  const closed = once(child, 'close');
  const memory = child.pid === undefined ? null : watchMemory(child.pid);
  try {
    const [exitCode, signal] = await closed;
    const failed = `${args.join(' ')} ended with ${signal ?? `exit code ${exitCode}`}`;
    if (exitCode !== 0 || memory === null) throw new Error(`${failed}:\n${stderr.trim()}`);
    return { ...result.parse(JSON.parse(lastLine(stdout))), memory: await memory.stop() };
  } finally {
    await memory?.stop();
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
