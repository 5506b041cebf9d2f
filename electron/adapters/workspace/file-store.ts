import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileProgress, FileStore, OpenedFile, OpenRequest } from '../../engine/file-port.ts';
import type { CsvDialect } from '../csv/dialect.ts';
import { damagedHeader, empty, fileError } from '../csv/file-errors.ts';
import { parseRecords } from '../csv/parse-records.ts';
import { ENTRY_BYTES, entriesView, readEntry } from '../csv/record-index.ts';
import { copyAndIndex } from './copy-file.ts';
import { readMeta, saveMeta } from './copy-meta.ts';
import { createProgress, type Progress } from './progress.ts';
import { openSource, type SourceFile } from './source-bytes.ts';
import { type OpenWorkbook, type SourceText, textOf } from './source-text.ts';
import { workspaceFailed } from './workspace-errors.ts';
import { type CopiedFile, openedFile, SAMPLE_ROWS } from './workspace-file.ts';

/** Copies and indexes files under `dir/<loadId>/`, readable by their owner only: they hold students. */
export function createFileStore(parts: { dir: string; openWorkbook: OpenWorkbook }): FileStore {
  return {
    open: (request, signal) => openFile(parts, request, signal),
    async reopen(loadId, key, signal) {
      signal.throwIfAborted();
      const copied = await readMeta(pathsOf(parts.dir, loadId, key).meta);
      // A load that ended has dropped its copies.
      if (copied === null || !existsSync(copied.copy.copyPath) || !existsSync(copied.copy.indexPath))
        return null;
      return openedFile(copied, createProgress(copied.progress), async () => undefined);
    },
    async remove(loadId, key) {
      const { copy, index, meta } = pathsOf(parts.dir, loadId, key);
      await Promise.all([copy, index, meta].map((path) => rm(path, { force: true })));
    },
  };
}

interface CopyPaths {
  folder: string;
  copy: string;
  index: string;
  meta: string;
}

function pathsOf(dir: string, loadId: string, key: number): CopyPaths {
  const folder = join(dir, loadId);
  const base = join(folder, `file-${key}`);
  return { folder, copy: `${base}.csv`, index: `${base}.index`, meta: `${base}.json` };
}

async function openFile(
  parts: { dir: string; openWorkbook: OpenWorkbook },
  request: OpenRequest,
  signal: AbortSignal,
): Promise<OpenedFile> {
  const paths = pathsOf(parts.dir, request.loadId, request.key);
  let source: SourceFile | null = null;
  const closing = new AbortController();
  const both = AbortSignal.any([signal, closing.signal]);
  try {
    signal.throwIfAborted();
    source = await openSource(request.path);
    const text = await textOf(source, request, parts.openWorkbook, both);
    return await startCopy(source, request, text, paths, signal, closing);
  } catch (thrown) {
    closing.abort();
    await source?.handle.close();
    if (signal.aborted) throw signal.reason;
    throw fileError(thrown, request.path, source?.name ?? nameOf(request.path));
  }
}

async function startCopy(
  source: SourceFile,
  request: OpenRequest,
  text: SourceText,
  paths: CopyPaths,
  signal: AbortSignal,
  closing: AbortController,
): Promise<OpenedFile> {
  const { reading } = request;
  const leadingRecords = reading.header ? 1 : 0;
  const start: FileProgress = {
    rows: 0,
    bytesRead: 0,
    ended: false,
    encoding: text.encoding().label,
    encodingSure: text.encoding().sure,
    lostCharacters: 0,
  };
  const progress: Progress = createProgress(start);
  const header = Promise.withResolvers<{ cells: readonly string[]; line: number }>();
  header.promise.catch(() => undefined);
  if (!reading.header) header.resolve({ cells: [], line: 0 });

  const copying = (async () => {
    await rm(paths.meta, { force: true });
    await mkdir(paths.folder, { recursive: true, mode: 0o700 });
    const copy = await open(paths.copy, 'w+', 0o600);
    const index = await open(paths.index, 'w+', 0o600);
    try {
      await copyAndIndex(
        {
          chunks: text.chunks,
          encoding: text.encoding,
          bytesRead: text.bytesRead,
          dialect: text.dialect,
          leadingRecords,
          sepLine: text.sepLine,
          innerBreaksCount: text.workbook === null,
          copy,
          index,
        },
        async (entries) => {
          if (!reading.header) return;
          header.resolve(await readHeader(copy, entries, text.dialect, source.name));
        },
        progress.advance,
        closing.signal,
      );
      header.reject(empty(source.name));
    } finally {
      await copy.close();
      await index.close();
      await source.handle.close();
    }
  })().catch((thrown) => {
    const ended = [closing.signal, signal].find(({ aborted }) => aborted);
    const error = ended?.reason ?? fileError(storageError(thrown, paths.folder), request.path, source.name);
    header.reject(error);
    progress.fail(error);
  });

  const abandon = (): void => closing.abort(signal.reason);
  signal.addEventListener('abort', abandon, { once: true });
  try {
    const { cells, line } = await header.promise;
    const { rows } = await progress.beyond(SAMPLE_ROWS - 1, signal);
    if (!reading.header && rows === 0) throw empty(source.name);
    const copied: CopiedFile = {
      key: request.key,
      path: request.path,
      name: source.name,
      bytes: source.bytes,
      workbook: text.workbook,
      header: cells,
      headerLine: line,
      copy: { ...text.dialect, copyPath: paths.copy, indexPath: paths.index },
      progress: progress.now(),
    };
    const opened = openedFile(copied, progress, async () => {
      closing.abort(new Error('The file was closed.'));
      await saved;
    });
    // Closing waits for this too: whoever closed the file may delete its folder.
    const saved = copying.then(() => saveMeta(paths.meta, { ...copied, header: opened.header }, progress));
    return opened;
  } catch (thrown) {
    closing.abort(thrown);
    await copying;
    await removeCopy(paths);
    throw thrown;
  } finally {
    signal.removeEventListener('abort', abandon);
  }
}

/** Of a file that cannot be opened nothing stays behind: it may hold students. */
async function removeCopy({ folder, copy, index }: CopyPaths): Promise<void> {
  await Promise.all([copy, index].map((path) => rm(path, { force: true }).catch(() => undefined)));
  // Other files of the load may lie there: only an empty folder goes.
  await rmdir(folder).catch(() => undefined);
}

async function readHeader(
  copy: FileHandle,
  entries: Uint8Array,
  dialect: CsvDialect,
  name: string,
): Promise<{ cells: readonly string[]; line: number }> {
  const last = entries.length / ENTRY_BYTES - 1;
  const entry = readEntry(entriesView(entries), last);
  if (entry.fault !== null) throw damagedHeader(name, entry.line);
  const bytes = Buffer.alloc(entry.byteLength);
  await copy.read(bytes, 0, entry.byteLength, entry.start);
  const own = entries.subarray(last * ENTRY_BYTES);
  return { cells: parseRecords(bytes, entry.start, own, dialect).records[0]?.cells ?? [], line: entry.line };
}

/** Errors of writing the copy are the workspace's, not the file's. */
function storageError(thrown: unknown, folder: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const syscall = thrown instanceof Error && 'syscall' in thrown ? String(thrown.syscall) : '';
  const storing =
    ['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG'].includes(code) || syscall === 'write' || syscall === 'mkdir';
  return storing ? workspaceFailed(folder, thrown) : thrown;
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
