import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { damaged, tooLarge } from './workbook-errors.ts';

/** The files inside a workbook, which the standard calls parts (ECMA-376 part 2). Hold it only while reading. */
export interface ZipParts {
  paths: readonly string[];
  /** Whatever the case, as the standard asks (part 2, §6.2.2.3). */
  has(path: string): boolean;
  /**
   * The unpacked bytes of a part; what the ZIP says of its size and CRC-32 is checked. Throws AppError
   * `file.workbook-damaged`, or `file.too-large` above `maxBytes`. Stopping early closes it.
   */
  read(path: string, maxBytes: number): AsyncGenerator<Uint8Array>;
  /** Gives the file back, at once or when the last part in reading is closed. */
  close(): void;
}

/** Workbooks have some tens of parts; a thousand sheets with a comment each have three thousand. */
const MAX_PARTS = 20_000;

/**
 * Deflate cannot pack better than 1,032 to 1, and only sameness comes near it. Sheets, whose every cell names its own
 * place, come to 10 or 30. Small parts may be as same as they like.
 */
const MAX_RATIO = 250;
const RATIO_FREE_BYTES = 64 * 1024 * 1024;

/** Opens the ZIP at `path`; `name` is what messages call it. Throws what the system or yauzl throws. */
export async function openZip(path: string, name: string, signal: AbortSignal): Promise<ZipParts> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true, validateEntrySizes: true });
  try {
    const entries = new Map<string, Entry>();
    if (zip.entryCount > MAX_PARTS) throw tooLarge(name, `${zip.entryCount} parts`);
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted();
      entries.set(entry.fileName.toLowerCase(), entry);
    }
    return {
      paths: [...entries.values()].map((entry) => entry.fileName),
      has: (part) => entries.has(part.toLowerCase()),
      read(part, maxBytes) {
        const entry = entries.get(part.toLowerCase());
        if (entry === undefined) throw damaged(name, new Error(`${part} is missing`));
        return unpack(zip, entry, name, maxBytes, signal);
      },
      close: () => zip.close(),
    };
  } catch (thrown) {
    zip.close();
    throw thrown;
  }
}

async function* unpack(
  zip: ZipFile,
  entry: Entry,
  name: string,
  maxBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { uncompressedSize: bytes, compressedSize } = entry;
  // yauzl stops at the size that the ZIP claims, so the claim is all there is to look at.
  const bomb = bytes > RATIO_FREE_BYTES && bytes > compressedSize * MAX_RATIO;
  if (bytes > maxBytes || bomb) {
    throw tooLarge(name, `${entry.fileName}: ${bytes} bytes out of ${compressedSize}`);
  }
  signal.throwIfAborted();
  // Leaving the loop early destroys the stream, and with it the hold on the file.
  let sum = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    signal.throwIfAborted();
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc32) throw damaged(name, new Error(`${entry.fileName}: wrong CRC-32`));
}
