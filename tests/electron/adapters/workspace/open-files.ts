import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileStore } from '../../../../electron/adapters/workspace/file-store.ts';
import type { OpenWorkbook } from '../../../../electron/adapters/workspace/source-text.ts';
import { sheetAsCsv } from '../../../../electron/adapters/xlsx/workbook.ts';
import {
  AS_FOUND,
  type FileReading,
  type FileStore,
  type OpenedFile,
} from '../../../../electron/engine/file-port.ts';

export const never = new AbortController().signal;

/** Where the copies of `open` lie, relative to the folder. */
export const LOAD_ID = 'load';

export interface OpenOptions {
  reading?: Partial<FileReading>;
  key?: number;
  signal?: AbortSignal;
}

/** A folder with files and the workspace that they are copied into. */
export interface FileFolder {
  path: string;
  workspace: string;
  store: FileStore;
  write(name: string, content: string | Uint8Array): string;
  open(path: string, options?: OpenOptions): Promise<OpenedFile>;
  /** Closes what was opened and removes everything. */
  remove(): Promise<void>;
}

export function fileFolder(openWorkbook: OpenWorkbook = sheetAsCsv): FileFolder {
  const path = mkdtempSync(join(tmpdir(), 'accession-files-'));
  const workspace = join(path, 'workspace');
  const store = createFileStore({ dir: workspace, openWorkbook });
  const opened: OpenedFile[] = [];
  return {
    path,
    workspace,
    store,
    write(name, content) {
      const written = join(path, name);
      writeFileSync(written, content);
      return written;
    },
    async open(file, { reading = {}, key = 0, signal = never } = {}) {
      const one = await store.open(
        { loadId: LOAD_ID, key, path: file, reading: { ...AS_FOUND, ...reading } },
        signal,
      );
      opened.push(one);
      return one;
    },
    async remove() {
      for (const one of opened) await one.close();
      rmSync(path, { recursive: true });
    },
  };
}

/** Every record, once the file is whole. */
export async function allCells(file: OpenedFile): Promise<(readonly string[])[]> {
  const { rows } = await file.ready(Number.POSITIVE_INFINITY, never);
  return (await file.page(1, rows, never)).map(({ cells }) => cells);
}

/** A file that `slowWorkbook` is asked to read: the first bytes of a workbook. */
export const WORKBOOK_BYTES = 'PK\x03\x04';

/** A workbook whose rows come when the test says so. */
export function slowWorkbook() {
  let gate = Promise.withResolvers<string | null>();
  const openWorkbook: OpenWorkbook = async () => ({ sheet: 'Books', sheets: ['Books'], chunks: chunks() });
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const text = await gate.promise;
      if (text === null) return;
      gate = Promise.withResolvers();
      yield Buffer.from(text);
    }
  }
  return {
    openWorkbook,
    give: (text: string): void => gate.resolve(text),
    end: (): void => gate.resolve(null),
    fail: (thrown: unknown): void => gate.reject(thrown),
  };
}
