import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../shared/errors.ts';
import { REJECTED_LINE, REJECTED_REASONS } from '../../../shared/records/own-files.ts';
import type { RejectedRow } from '../../../shared/records/types.ts';
import type { RejectsRequest, RejectsSink } from '../../engine/ports.ts';
import { csvLine } from './csv-line.ts';

/** `--rejects DIR` as CSV: UTF-8 with a BOM, since a spreadsheet reads Latin-1 without one. */
export function createRejectsCsv(): RejectsSink {
  return { write: writeRejects };
}

async function writeRejects(request: RejectsRequest, signal: AbortSignal): Promise<string | null> {
  const { dir, name, sameNameBefore, header } = request;
  const base = name.replace(/\.csv$/i, '');
  const path = join(dir, `${base}${sameNameBefore === 0 ? '' : `-${sameNameBefore + 1}`}.rejected.csv`);
  const rows = request.rows[Symbol.asyncIterator]();
  try {
    const first = await rows.next();
    if (first.done === true) return null;
    await mkdir(dir, { recursive: true });
    // Aside first: a reader of the folder sees the old file or the whole new one.
    const partial = `${path}.${process.pid}.partial`;
    try {
      await pipeline(Readable.from(lines(header, first.value, rows)), createWriteStream(partial), { signal });
      await rename(partial, path);
    } catch (thrown) {
      await rm(partial, { force: true });
      throw thrown;
    }
    return path;
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof AppError) throw cause;
    throw new AppError({
      code: 'file.unreadable',
      message: `The rejected rows of ${name} cannot be written into ${dir}.`,
      hint: 'See that the folder exists, that you may write there and that the disk is not full; `accession show` still lists the rows.',
      cause,
    });
  }
}

async function* lines(
  header: readonly string[],
  first: RejectedRow,
  rest: AsyncIterator<RejectedRow>,
): AsyncIterable<string> {
  yield `\u{feff}${csvLine([...header, REJECTED_LINE, REJECTED_REASONS])}`;
  for (let row = first; ; ) {
    yield csvLine([...padded(row.cells, header.length), String(row.line), reasons(row)]);
    const next = await rest.next();
    if (next.done === true) return;
    row = next.value;
  }
}

/** Short records are filled up, so that the two columns at the end stay below their headings. */
function padded(cells: readonly string[], width: number): string[] {
  return [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')];
}

function reasons({ issues }: RejectedRow): string {
  return issues
    .filter((issue) => issue.severity === 'error')
    .map((issue) => (issue.column === null ? issue.message : `${issue.column}: ${issue.message}`))
    .join(' | ');
}
