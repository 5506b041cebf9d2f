import { createWriteStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { UploadedFile } from '../../shared/contract/upload.ts';
import { AppError, reportOf, toAppError, traceOf } from '../../shared/errors.ts';
import type { DoorLog, DoorMetrics } from './door-log.ts';
import { respondError, respondJson } from './respond.ts';
import type { SignIn } from './sign-ins.ts';
import * as refusals from './upload-errors.ts';
import { safeFileName, type UploadStore } from './upload-store.ts';

export interface UploadLimits {
  maxBytes: number;
  /** At the same time. */
  perClient: number;
  ofAll: number;
  /** Kept at the same time. */
  filesPerClient: number;
  /** In every such span at least so many bytes must come. */
  paceMs: number;
  bytesPerPace: number;
  /** Stays free on the disk: the workspace and the sandbox live on the same one. */
  spareBytes: number;
}

const MIB = 1024 * 1024;

export const UPLOAD_LIMITS: UploadLimits = {
  maxBytes: 2_048 * MIB,
  perClient: 4,
  ofAll: 16,
  filesPerClient: 200,
  paceMs: 30_000,
  bytesPerPace: 32 * 1024,
  spareBytes: 256 * MIB,
};

export interface Uploads {
  /** Answers the POST of one file by a signed-in browser. Never rejects. */
  receive(
    request: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
    by: SignIn,
  ): Promise<void>;
}

export function createUploads(options: {
  store: UploadStore;
  limits: UploadLimits;
  /** Makes the stored file one of the client's. */
  issue: (client: string, path: string) => string;
  log: DoorLog;
  metrics: DoorMetrics;
}): Uploads {
  const { store, limits, issue, log, metrics } = options;
  const underway = new Map<string, number>();
  const kept = new Map<string, number>();
  const countOf = (counts: Map<string, number>, client: string): number => counts.get(client) ?? 0;

  /** Counts it at once, so that many at the same time are many. Returns what gives the place free. */
  function takePlace(client: string): () => void {
    const all = [...underway.values()].reduce((sum, n) => sum + n, 0);
    if (countOf(underway, client) >= limits.perClient || all >= limits.ofAll) throw refusals.tooManyAtOnce();
    underway.set(client, countOf(underway, client) + 1);
    return () => {
      const left = countOf(underway, client) - 1;
      if (left > 0) underway.set(client, left);
      else underway.delete(client);
    };
  }

  async function throwIfUnwanted({ headers }: IncomingMessage, client: string): Promise<void> {
    if (headers['content-type'] !== 'application/octet-stream') throw refusals.notBytes();
    if (countOf(kept, client) + countOf(underway, client) > limits.filesPerClient)
      throw refusals.tooManyFiles(limits.filesPerClient);
    const announced = Number(headers['content-length'] ?? 0);
    if (announced > limits.maxBytes) throw refusals.tooLarge(limits.maxBytes);
    if ((await store.freeBytes()) - limits.spareBytes < announced) throw refusals.diskFull();
  }

  async function keep(request: IncomingMessage, given: string, by: SignIn): Promise<UploadedFile> {
    const name = safeFileName(given);
    const path = await store.place(name);
    try {
      const sizeBytes = await writeTo(path, request, limits, by.ended);
      if (!kept.has(by.client)) by.ended.addEventListener('abort', () => kept.delete(by.client));
      kept.set(by.client, countOf(kept, by.client) + 1);
      return { id: issue(by.client, path), name, sizeBytes };
    } catch (thrown) {
      await store.remove(path);
      throw thrown;
    }
  }

  return {
    async receive(request, response, query, by) {
      const { client } = by;
      const startedAt = performance.now();
      let leave = (): void => {};
      let begun = false;
      try {
        leave = takePlace(client);
        await throwIfUnwanted(request, client);
        begun = true;
        const file = await keep(request, query.get('name') ?? '', by);
        metrics.upload('done', file.sizeBytes);
        log.info('upload-done', { client, bytes: file.sizeBytes, ms: since(startedAt) });
        respondJson(request, response, { status: 201, value: file });
      } catch (thrown) {
        const error = toAppError(thrown);
        metrics.upload(begun ? 'broken-off' : 'refused', 0);
        log.warn('upload-refused', {
          client,
          code: error.code,
          ms: since(startedAt),
          ...traceIfInternal(error),
        });
        respondError(request, response, refusals.statusOf(error), reportOf(error));
      } finally {
        leave();
      }
    },
  };
}

/** Resolves to the number of bytes. Rejects with an AppError for what does not end well; the file is then in pieces. */
async function writeTo(
  path: string,
  request: IncomingMessage,
  limits: UploadLimits,
  ended: AbortSignal,
): Promise<number> {
  let bytes = 0;
  let bytesAtPace = 0;
  const stop = new AbortController();
  const counter = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes > limits.maxBytes) done(refusals.tooLarge(limits.maxBytes));
      else done(null, piece);
    },
  });
  const pace = setInterval(() => {
    if (bytes - bytesAtPace < limits.bytesPerPace) stop.abort(refusals.tooSlow());
    bytesAtPace = bytes;
  }, limits.paceMs);
  const onEnded = (): void => stop.abort(refusals.signedOut());
  const onGone = (error?: unknown): void => {
    if (!request.complete) stop.abort(refusals.brokenOff(error ?? null));
  };
  ended.addEventListener('abort', onEnded, { once: true });
  if (ended.aborted) onEnded();
  request.once('error', onGone).once('close', onGone);
  try {
    // Piped, not part of the pipeline: that would end the connection, which still has to carry the answer.
    request.pipe(counter);
    await pipeline(counter, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal: stop.signal });
    return bytes;
  } catch (thrown) {
    if (stop.signal.aborted) throw stop.signal.reason;
    throw thrown instanceof AppError ? thrown : refusals.notKept(thrown);
  } finally {
    request.unpipe(counter);
    clearInterval(pace);
    ended.removeEventListener('abort', onEnded);
  }
}

const since = (startedAt: number): number => Math.round(performance.now() - startedAt);

function traceIfInternal(error: AppError): { trace?: string } {
  return error.code === 'internal' ? { trace: traceOf(error) } : {};
}
