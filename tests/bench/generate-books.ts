import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BooksPlan, bookRow, type PromisedCounts, promisedCounts } from './book-rows.ts';
import { BOOK_COLUMNS } from './invented-book.ts';

/** Part of the file's name; to be raised whenever the same plan would give other bytes. */
const GENERATOR_VERSION = 1;

const WRITE_CHARS = 1024 * 1024;

export interface BooksFile extends PromisedCounts {
  path: string;
  bytes: number;
  /** True where an earlier run had left the file. */
  reused: boolean;
}

export function benchFolder(): string {
  return join(tmpdir(), 'accession-bench');
}

/**
 * A CSV file of books (UTF-8, LF, header first) in `folder`: the same plan always gives the same bytes. A file
 * of the same plan that stands there is taken as it is; a killed run leaves no half file under its name.
 */
export async function generateBooks(plan: BooksPlan, folder = benchFolder()): Promise<BooksFile> {
  await mkdir(folder, { recursive: true });
  const mix = plan.mix === undefined ? '' : `-${plan.mix.name}`;
  const path = join(folder, `books-${plan.rows}-seed${plan.seed}${mix}-v${GENERATOR_VERSION}.csv`);
  const reused = await exists(path);
  if (!reused) {
    const unfinished = `${path}.${process.pid}.part`;
    try {
      await writeBooks(plan, unfinished);
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
  }
  return { ...promisedCounts(plan), path, bytes: (await stat(path)).size, reused };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

async function writeBooks(plan: BooksPlan, path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    let text = `${BOOK_COLUMNS.join(',')}\n`;
    for (let index = 0; index < plan.rows; index += 1) {
      text += `${bookRow(plan, index).text}\n`;
      if (text.length >= WRITE_CHARS) {
        await file.writeFile(text);
        text = '';
      }
    }
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}
