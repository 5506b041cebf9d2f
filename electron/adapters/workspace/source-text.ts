import type { OpenedFile, OpenRequest } from '../../engine/file-port.ts';
import { type CsvDialect, PLAIN_DIALECT } from '../csv/dialect.ts';
import { archiveInside, empty } from '../csv/file-errors.ts';
import { gunzip } from '../csv/gunzip.ts';
import { SNIFF_BYTES, sniff } from '../csv/sniff.ts';
import { toUtf8 } from '../csv/to-utf8.ts';
import { peek, type SourceFile, sourceBytes } from './source-bytes.ts';

/** Reads the sheets of a workbook (adapters/xlsx). */
export type OpenWorkbook = (
  path: string,
  sheet: string | null,
  signal: AbortSignal,
) => Promise<{ sheet: string; sheets: string[]; chunks: AsyncIterable<Uint8Array> }>;

/** A file's text as UTF-8, with what is known of how it is written. */
export interface SourceText {
  chunks: AsyncIterable<Uint8Array>;
  dialect: CsvDialect;
  encoding(): { label: string; sure: boolean; lostCharacters: number };
  bytesRead(): number;
  sepLine: boolean;
  workbook: OpenedFile['workbook'];
}

/** Looks at the first bytes and finds out what the file is. Throws AppError `file.*`, usage.invalid. */
export async function textOf(
  source: SourceFile,
  { reading, path }: OpenRequest,
  openWorkbook: OpenWorkbook,
  signal: AbortSignal,
): Promise<SourceText> {
  let bytesRead = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of sourceBytes(source, signal)) {
      bytesRead += chunk.length;
      yield chunk;
    }
  };
  const overrides = {
    ...(reading.encoding === null ? {} : { encoding: reading.encoding }),
    ...(reading.delimiter === null ? {} : { delimiter: reading.delimiter }),
  };
  let { head, complete, whole } = await peek(counted(), SNIFF_BYTES);
  if (head.length === 0) throw empty(source.name);
  let sniffed = sniff(head, complete, source.name, overrides);
  if (sniffed.container === 'gzip') {
    ({ head, complete, whole } = await peek(gunzip(whole, source.name), SNIFF_BYTES));
    sniffed = sniff(head, complete, source.name, overrides);
    // One layer is what programs make; and a workbook is read from a file of its own.
    if (sniffed.container !== 'plain') throw archiveInside(source.name);
  }
  if (sniffed.container === 'zip') {
    const { chunks, ...workbook } = await openWorkbook(path, reading.sheet, signal);
    return {
      chunks,
      dialect: { ...PLAIN_DIALECT, encoding: 'xlsx' },
      encoding: () => ({ label: 'xlsx', sure: true, lostCharacters: 0 }),
      bytesRead: () => source.bytes,
      sepLine: false,
      workbook,
    };
  }
  const { dialect, encodingSure, bomBytes, sepLine } = sniffed;
  const utf8 = toUtf8(whole, { encoding: dialect.encoding, bomBytes, sure: encodingSure });
  return {
    chunks: utf8.chunks,
    dialect,
    encoding: () => ({
      label: utf8.encoding(),
      sure: utf8.sure(),
      lostCharacters: utf8.lostCharacters(),
    }),
    bytesRead: () => bytesRead,
    sepLine,
    workbook: null,
  };
}
