import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { changedWhileRead, isDirectory, noRegularFile } from '../csv/file-errors.ts';

const CHUNK_BYTES = 1024 * 1024;

/** A file that is open for reading, with what it was when it was opened. */
export interface SourceFile {
  handle: FileHandle;
  path: string;
  name: string;
  bytes: number;
  modifiedMs: number;
}

/** Throws what the operating system says, and AppError file.is-directory, file.unreadable. */
export async function openSource(path: string): Promise<SourceFile> {
  const name = basename(path);
  // Looked at before it is opened: opening a pipe waits until somebody writes into it.
  const kind = await stat(path);
  if (kind.isDirectory()) throw isDirectory(name);
  if (!kind.isFile()) throw noRegularFile(name);
  const handle = await open(path, 'r');
  try {
    const stats = await handle.stat();
    return { handle, path, name, bytes: stats.size, modifiedMs: stats.mtimeMs };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/**
 * The file's bytes in order. A chunk is valid until the one after the next is asked for: two buffers take
 * turns. Throws file.unreadable where the file is not what it was when it was opened, once it is read.
 */
export async function* sourceBytes(file: SourceFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffers = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)];
  let read = 0;
  for (let turn = 0; ; turn = 1 - turn) {
    signal.throwIfAborted();
    const buffer = buffers[turn] ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
    const { bytesRead } = await file.handle.read(buffer, 0, CHUNK_BYTES, read);
    if (bytesRead === 0) break;
    read += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
  const now = await file.handle.stat();
  if (read !== file.bytes || now.size !== file.bytes || now.mtimeMs !== file.modifiedMs)
    throw changedWhileRead(file.name);
}

/** The first bytes of a stream, at least `wanted` of them where there are so many, and the whole stream again. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<{ head: Uint8Array; complete: boolean; whole: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let length = 0;
  let complete = false;
  while (length < wanted) {
    const next = await iterator.next();
    if (next.done === true) {
      complete = true;
      break;
    }
    // A copy: the reader's buffers are used again.
    parts.push(Uint8Array.prototype.slice.call(next.value));
    length += next.value.length;
  }
  const head = Buffer.concat(parts);
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      while (!complete) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head, complete, whole: whole() };
}
