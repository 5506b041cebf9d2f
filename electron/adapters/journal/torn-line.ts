import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

const NEWLINE = 0x0a;
const BLOCK_BYTES = 64 * 1024;

/**
 * Makes the file end at a line's end. A last line without one was never acknowledged: where it is whole
 * (valid JSON) it gets its newline, else it goes. A missing file is left missing.
 */
export async function mendLastLine(path: string): Promise<void> {
  let file: FileHandle;
  try {
    file = await open(path, 'r+');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return;
    throw thrown;
  }
  try {
    const { size } = await file.stat();
    const end = await lastLineEnd(file, size);
    if (end === size) return;
    const line = Buffer.alloc(size - end);
    await file.read(line, 0, line.length, end);
    if (isJson(line)) await file.write('\n', size);
    else await file.truncate(end);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Offset after the last newline; 0 where there is none. */
async function lastLineEnd(file: FileHandle, size: number): Promise<number> {
  const block = Buffer.alloc(BLOCK_BYTES);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - BLOCK_BYTES);
    const { bytesRead } = await file.read(block, 0, end - start, start);
    const found = block.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (found >= 0) return start + found + 1;
    end = start;
  }
  return 0;
}

function isJson(line: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    return true;
  } catch {
    return false;
  }
}
