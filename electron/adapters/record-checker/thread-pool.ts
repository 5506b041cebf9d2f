import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/errors.ts';
import type { CheckReply, CheckTask, ResultOf, SentResult } from './check-messages.ts';
import { unpackIssues } from './packed-issues.ts';

/** Rows live for microseconds; a heap that may grow large only collects garbage later, once for each thread. */
const LIMITS = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 256 };

interface Thread {
  worker: Worker;
  /** Tasks it has been given and not answered. */
  waiting: Map<number, PromiseWithResolvers<ResultOf[CheckTask['kind']]>>;
}

/** Threads that do tasks. They start with the first task and keep the process alive only while they have one. */
export interface ThreadPool {
  readonly threads: number;
  run<K extends CheckTask['kind']>(task: Extract<CheckTask, { kind: K }>): Promise<ResultOf[K]>;
  close(): Promise<void>;
}

/** `program` is what each thread runs. */
export function createThreadPool(threads: number, program = threadProgram(import.meta.url)): ThreadPool {
  let started: Thread[] | null = null;
  let nextId = 0;

  const start = (): Thread => {
    const worker = new Worker(program, { resourceLimits: LIMITS });
    worker.unref();
    const thread: Thread = { worker, waiting: new Map() };
    worker.on('message', (reply: CheckReply) => {
      const asked = thread.waiting.get(reply.id);
      thread.waiting.delete(reply.id);
      if (thread.waiting.size === 0) worker.unref();
      if (asked === undefined) return;
      if (reply.ok) asked.resolve(received(reply.result));
      else asked.reject(reply.error);
    });
    const fail = (cause: unknown): void => {
      started = started?.filter((other) => other !== thread) ?? null;
      for (const asked of thread.waiting.values()) asked.reject(threadDied(cause));
      thread.waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`The thread ended with ${code}.`)));
    return thread;
  };
  const leastBusy = (): Thread => {
    started ??= [];
    while (started.length < threads) started.push(start());
    return started.reduce((least, thread) => (thread.waiting.size < least.waiting.size ? thread : least));
  };
  return {
    threads,
    async run<K extends CheckTask['kind']>(task: Extract<CheckTask, { kind: K }>): Promise<ResultOf[K]> {
      const thread = leastBusy();
      const asked = Promise.withResolvers<ResultOf[CheckTask['kind']]>();
      nextId += 1;
      thread.waiting.set(nextId, asked);
      thread.worker.ref();
      thread.worker.postMessage({ id: nextId, task });
      return (await asked.promise) as ResultOf[K];
    },
    async close() {
      const ending = started ?? [];
      started = null;
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
    },
  };
}

function received(result: SentResult): ResultOf[CheckTask['kind']] {
  return 'issues' in result ? { ...result, issues: unpackIssues(result.issues) } : result;
}

/** Beside this file, from source as in the bundle, where the extension is the bundle's. */
export function threadProgram(here: string): URL {
  return new URL(here.endsWith('.ts') ? 'check-thread.ts' : 'check-thread.js', here);
}

function threadDied(cause: unknown): AppError {
  return new AppError({
    code: 'internal',
    message: 'A part of Accession that checks rows ended unexpectedly.',
    hint: 'Try again. If it happens again, close other programs to free memory, or set CHECK_THREADS=1.',
    retryable: true,
    cause,
  });
}
