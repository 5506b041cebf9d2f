import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * Tables shrink to a tenth, monotonous ones to a fiftieth; deflate at its best comes to 1 : 1,032 (zlib's
 * documentation). What unpacks to more than this was made to fill disks.
 */
const MOST_PLAIN_PER_PACKED = 250;
/** A small file may be as monotonous as it likes. */
const FREE_BYTES = 256 * 1024 * 1024;

/**
 * The plain bytes of a gzip file (RFC 1952), which may consist of several parts. Throws AppError
 * `file.compressed` where it is damaged or cut off, `file.too-large` where it unpacks beyond all measure;
 * errors of `chunks` pass through. Stopping early ends the reading of `chunks`.
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<Uint8Array> {
  let packedBytes = 0;
  let plainBytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      packedBytes += chunk.length;
      yield chunk;
    }
  };
  const source = Readable.from(counted());
  const plain = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => plain.destroy(error));
  source.pipe(plain);
  try {
    for await (const chunk of plain) {
      plainBytes += chunk.length;
      if (plainBytes > FREE_BYTES && plainBytes > packedBytes * MOST_PLAIN_PER_PACKED)
        throw unpacksTooFar(fileName);
      yield chunk;
    }
  } catch (thrown) {
    throw isZlibError(thrown) ? damaged(fileName, thrown) : thrown;
  } finally {
    source.destroy();
    plain.destroy();
  }
}

function isZlibError(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('Z_');
}

function unpacksTooFar(fileName: string): AppError {
  return new AppError({
    code: 'file.too-large',
    message: `${fileName} unpacks to far more than a table of books, students or checkouts holds.`,
    hint: 'If you trust it, unpack it yourself and load the CSV file inside.',
  });
}

function damaged(fileName: string, cause: unknown): AppError {
  return new AppError({
    code: 'file.compressed',
    message: `The compressed file ${fileName} is damaged or was not downloaded completely.`,
    hint: 'Download or copy it again; or unpack it and load the CSV file inside.',
    cause,
  });
}
