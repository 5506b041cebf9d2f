import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RowIssue } from '../../shared/records/types.ts';
import { accession } from '../integration/command.ts';
import { BOOK_FAULTS } from './book-faults.ts';
import { bookRow } from './book-rows.ts';
import { generateBooks } from './generate-books.ts';
import { inventedBook } from './invented-book.ts';
import { MANY_ERRORS } from './many-errors.ts';
import { seededRandom } from './seeded-random.ts';

const PLAN = { rows: 5_000, seed: 7 };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accession-generator-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function sha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

describe('the generated books', () => {
  it('are the same bytes for the same seed, and others for another', async () => {
    const once = await generateBooks(PLAN, join(folder, 'once'));
    const again = await generateBooks(PLAN, join(folder, 'again'));
    const other = await generateBooks({ ...PLAN, seed: 8 }, join(folder, 'other'));
    expect(await sha256(again.path)).toBe(await sha256(once.path));
    expect(await sha256(other.path)).not.toBe(await sha256(once.path));
  });

  it('are the bytes that this generator version has always given', async () => {
    const file = await generateBooks(PLAN, folder);
    // Where this changes, raise GENERATOR_VERSION: files of earlier runs are kept under its number.
    expect(file.path).toMatch(/books-5000-seed7-v1\.csv$/);
    expect(await sha256(file.path)).toBe('e331d81ee149520427d043a8616b8abbeb0554d6b0d9ea83cdfeee8aa57df976');
  });

  it('are made once and then taken as they are', async () => {
    const own = join(folder, 'kept');
    const made = await generateBooks(PLAN, own);
    const { mtimeMs } = await stat(made.path);
    const kept = await generateBooks(PLAN, own);
    expect([made.reused, kept.reused]).toEqual([false, true]);
    expect((await stat(kept.path)).mtimeMs).toBe(mtimeMs);
    expect(await readdir(own)).toEqual(['books-5000-seed7-v1.csv']);
  });

  it('have descriptions of 80 to 300 characters', () => {
    const lengths = Array.from(
      { length: 2_000 },
      (_, index) => inventedBook(index, seededRandom(7, index)).description.length,
    );
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(80);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(300);
  });

  it('show every kind of fault, each in a row of its own', () => {
    const shown = new Set(
      Array.from({ length: PLAN.rows }, (_, index) => bookRow(PLAN, index).fault).filter(
        (fault) => fault !== null,
      ),
    );
    expect(shown.size).toBe(BOOK_FAULTS.length);
  });

  it('are found as promised by the check: 2 % of the rows, each with its one issue', async () => {
    const file = await generateBooks(PLAN, folder);
    const home = join(folder, 'home');
    const result = await accession({ ACCESSION_HOME: home }, 'check', file.path, '--json');
    // 3: done, but rows were rejected.
    expect(result.code, result.stderr).toBe(3);
    const [found] = result.json.files;
    expect(file).toMatchObject({ rows: 5_000, badRows: 100, rejectedRows: 75, warnedRows: 25 });
    expect(found).toMatchObject({ rows: 5_000, accepted: 4_925, rejected: 75 });

    const promised = Array.from({ length: PLAN.rows }, (_, index) => ({
      row: index + 1,
      code: bookRow(PLAN, index).fault?.code,
    })).filter(({ code }) => code !== undefined);
    const issues: RowIssue[] = found.issues;
    const inRowOrder = issues.map(({ row, code }) => ({ row, code })).sort((a, b) => a.row - b.row);
    expect(inRowOrder).toEqual(promised);
  });

  it('have an error in every fifth row where many are wanted, and in every tenth the same one', async () => {
    const file = await generateBooks({ ...PLAN, mix: MANY_ERRORS }, folder);
    expect(file.path).toMatch(/books-5000-seed7-errors-v1\.csv$/);
    const home = join(folder, 'home');
    const result = await accession({ ACCESSION_HOME: home }, 'check', file.path, '--json');
    expect(result.code, result.stderr).toBe(3);
    const [found] = result.json.files;
    expect(file).toMatchObject({ rows: 5_000, badRows: 1_000, rejectedRows: 1_000, warnedRows: 0 });
    expect(found).toMatchObject({ rows: 5_000, accepted: 4_000, rejected: 1_000 });
    const issues: RowIssue[] = found.issues;
    expect(issues).toHaveLength(1_000);
    const commas = issues.filter(
      ({ code, column }) => code === 'value.not-a-number' && column === 'reading_level',
    );
    expect(commas).toHaveLength(500);
    expect(
      commas.filter(({ value, suggestion }) => suggestion?.value === value?.replace(',', '.')),
    ).toHaveLength(500);
  });
});
