import { AppError } from '../../../shared/errors.ts';
import { type FaissChannel, forkFaiss } from './faiss-fork.ts';
import type { FaissReply, FaissRequest } from './faiss-messages.ts';
import { damagedIndex } from './flat-file.ts';

type Asked = FaissRequest extends infer Request
  ? Request extends { id: number }
    ? Omit<Request, 'id'>
    : never
  : never;
type Reply<Kind extends FaissReply['kind']> = Extract<FaissReply, { kind: Kind }>;

/** FAISS in a process of its own, started by the first call and again by the first one after it died. */
export interface FaissChild {
  /** Reads `file` whole and looks for the vectors at `positions`. `onRestart`: the process died and is started again. */
  verify(
    file: string,
    positions: readonly number[],
    signal: AbortSignal,
    onRestart?: () => void,
  ): Promise<Reply<'verified'>>;
  /** Nearest first; the index stays open while its file stays the same. */
  search(file: string, vector: Float32Array, k: number, signal: AbortSignal): Promise<Reply<'found'>>;
  /** Ends the process; a call under way fails. */
  close(): Promise<void>;
}

/**
 * Calls are answered one after the other, as the process blocks during each. Aborting the one under way kills the
 * process. One that died during a call is started once more and asked again, as reading twice harms nothing: somebody
 * or the system has killed it. Throws AppError `index.unavailable` (FAISS cannot be loaded), `index.damaged` (no index
 * in the file), `index.empty` (no file), `embedding.dimensions` and, where the process died twice, `index.failed`,
 * which is retryable.
 */
export function createFaissChild(start: () => FaissChannel = forkFaiss): FaissChild {
  let channel: FaissChannel | null = null;
  let lastId = 0;
  let last: Promise<unknown> = Promise.resolve();
  let fail: ((error: unknown) => void) | null = null;
  let lastDeath: AppError | null = null;

  async function ask(
    request: Asked,
    signal: AbortSignal,
    onRestart: () => void = () => {},
  ): Promise<FaissReply> {
    const before = last;
    const turn = before.then(() =>
      exchange(request, signal).catch((thrown: unknown) => {
        if (thrown !== lastDeath) throw thrown;
        onRestart();
        return exchange(request, signal);
      }),
    );
    last = turn.catch(() => {});
    return turn;
  }

  async function exchange(request: Asked, signal: AbortSignal): Promise<FaissReply> {
    signal.throwIfAborted();
    const open = channel ?? start();
    channel = open;
    lastId += 1;
    const id = lastId;
    open.hold();
    const onAbort = () => {
      channel = null;
      open.kill();
      fail?.(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await new Promise<FaissReply>((resolve, reject) => {
        fail = reject;
        open.listen({
          // An answer to an earlier call cannot come: that call would still be the one under way.
          reply: (reply) => reply.id === id && resolve(reply),
          end: (how) => {
            if (channel === open) channel = null;
            lastDeath = died(how);
            reject(lastDeath);
          },
        });
        open.send({ ...request, id });
      });
    } finally {
      fail = null;
      signal.removeEventListener('abort', onAbort);
      open.release();
    }
  }

  return {
    async verify(file, positions, signal, onRestart) {
      const reply = await ask({ kind: 'verify', file, positions }, signal, onRestart);
      if (reply.kind === 'verified') return reply;
      throw failure(reply);
    },
    async search(file, vector, k, signal) {
      const reply = await ask({ kind: 'search', file, vector, k }, signal);
      if (reply.kind === 'found') return reply;
      throw failure(reply);
    },
    async close() {
      const open = channel;
      channel = null;
      if (open === null) return;
      // Until it has ended: nothing else may be left that keeps this process alive meanwhile.
      open.hold();
      const underWay = fail;
      if (underWay === null) open.send({ id: 0, kind: 'quit' });
      else open.kill();
      underWay?.(new AppError({ ...DIED, message: 'The search index was closed while it was in use.' }));
      await open.ended;
    },
  };
}

const DIED = {
  code: 'index.failed',
  hint: 'Try again, or continue the load; if it happens again, see whether the computer has memory and disk space left.',
  retryable: true,
} as const;

function died(how: string): AppError {
  return new AppError({
    ...DIED,
    message: 'FAISS, the library that keeps the search index, ended unexpectedly, twice.',
    cause: how,
  });
}

function failure(reply: FaissReply): AppError {
  if (reply.kind !== 'failed')
    return new AppError({ ...DIED, message: 'FAISS gave an answer to another question.' });
  switch (reply.reason) {
    case 'unavailable':
      return unavailable(reply.detail);
    case 'missing':
      return emptyIndex();
    case 'unreadable':
      return damagedIndex(reply.detail);
    case 'dimensions':
      return new AppError({
        code: 'embedding.dimensions',
        message:
          'The embedding model of this profile gives vectors of another length than the search index holds.',
        hint: 'Choose the embedding model with which the index was made, or build the index anew.',
        cause: reply.detail,
      });
    case 'failed':
      return new AppError({ ...DIED, message: 'FAISS could not search the index.', cause: reply.detail });
  }
}

export function unavailable(cause: unknown): AppError {
  return new AppError({
    code: 'index.unavailable',
    message: 'FAISS, the library that keeps the search index, is not installed or does not start here.',
    hint: 'Run the set-up again (node electron/setup/setup.mjs) and read what it says about FAISS; or search in the database: VECTOR_STORE_TYPE=pgvector.',
    cause,
  });
}

export function emptyIndex(): AppError {
  return new AppError({
    code: 'index.empty',
    message: 'There is nothing in the search index yet.',
    hint: 'Load a file of books first.',
  });
}
