import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../shared/errors.ts';
import { withPictures } from '../../../shared/records/control-pictures.ts';
import type { CorrectionsRequest, CorrectionsSink, RowToCorrect } from '../../engine/ports.ts';
import { csvLine } from './csv-line.ts';
import { workbookStream } from './rejects-workbook.ts';

/** Rejected rows as a file that comes back: a workbook, or a CSV in UTF-8 with a BOM. Readable by their owner only. */
export function createCorrectionsSink(): CorrectionsSink {
  return { write };
}

async function write(
  request: CorrectionsRequest,
  signal: AbortSignal,
): Promise<{ rows: number; bytes: number }> {
  const { path, name, format } = request;
  const source = request.rows[Symbol.asyncIterator]();
  try {
    const first = await source.next();
    if (first.done === true) return { rows: 0, bytes: 0 };
    let rows = 0;
    const counted = (async function* (): AsyncGenerator<RowToCorrect> {
      for (let next: IteratorResult<RowToCorrect> = first; next.done !== true; next = await source.next()) {
        rows += 1;
        yield next.value;
      }
    })();
    const content =
      format === 'csv' ? Readable.from(csvText(request, counted)) : workbookStream(request, counted);
    const partial = `${path}.partial`;
    try {
      await pipeline(content, createWriteStream(partial, { mode: 0o600 }), { signal });
      await rename(partial, path);
    } catch (thrown) {
      await rm(partial, { force: true });
      throw thrown;
    }
    return { rows, bytes: (await stat(path)).size };
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof AppError) throw cause;
    throw new AppError({
      code: 'file.unreadable',
      message: `The rejected rows of ${name} cannot be written to a file.`,
      hint: 'See that the disk is not full, then try again; the rows are still here.',
      cause,
    });
  } finally {
    await source.return?.();
  }
}

/** Rows gathered into one piece: a stream of single lines costs more than what they hold. */
const ROWS_AT_ONCE = 200;

async function* csvText(
  { columns }: CorrectionsRequest,
  rows: AsyncIterable<RowToCorrect>,
): AsyncGenerator<string> {
  let text = `\u{feff}${csvLine(columns.map(({ heading }) => withPictures(heading)))}`;
  let waiting = 0;
  for await (const { cells } of rows) {
    text += csvLine(cells.map(withPictures));
    waiting += 1;
    if (waiting < ROWS_AT_ONCE) continue;
    yield text;
    text = '';
    waiting = 0;
  }
  yield text;
}
