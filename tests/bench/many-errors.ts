import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { BOOK_FAULTS, DECIMAL_COMMA } from './book-faults.ts';
import type { FaultMix } from './book-rows.ts';

/** Rows that another reader would run together could not be compared with what it reads. */
const ELSEWHERE_ONE_ROW = BOOK_FAULTS.filter(({ code, rejects }) => rejects && !code.startsWith('csv.quote'));

/** One row in five has an error, and every second of those errors is one that a single fix puts right. */
export const MANY_ERRORS: FaultMix = {
  name: 'errors',
  blockRows: 5,
  faults: ELSEWHERE_ONE_ROW.flatMap((fault) => [DECIMAL_COMMA, fault]),
};

/** Records of a file as PapaParse reads them, by row number from 1; the whole file is read, and only these are kept. */
export function recordsOf(path: string, rows: ReadonlySet<number>): Promise<Map<number, string[]>> {
  const records = new Map<number, string[]>();
  // The header is row 0.
  let row = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Map<number, string[]>>();
  Papa.parse<string[]>(createReadStream(path, { encoding: 'utf8', highWaterMark: 64 * 1024 }), {
    delimiter: ',',
    newline: '\n',
    chunk: ({ data }) => {
      for (const cells of data) {
        if (rows.has(row)) records.set(row, cells);
        row += 1;
      }
    },
    complete: () => resolve(records),
    error: reject,
  });
  return promise;
}
