import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';

/**
 * The file of a flat FAISS index with the L2 metric, as `faiss::write_index` lays it out (faiss 1.7 to 1.15):
 * `IxF2`, int32 dimensions, int64 vectors (at 8), twice the int64 1<<20 that nobody reads, byte is_trained,
 * int32 metric (1: L2), int64 number of floats (at 37), then the vectors as float32. All little-endian, as is
 * every machine Node and Electron run on.
 */
export const HEADER_BYTES = 45;
const FOURCC_FLAT_L2 = 'IxF2';
const METRIC_L2 = 1;
const BYTES_PER_FLOAT = 4;
/** One gathered write takes at most this many vectors (Linux's own limit is 1,024 pieces). */
const VECTORS_PER_WRITE = 512;

export interface FlatShape {
  dimensions: number;
  vectors: number;
}

export function flatHeader(shape: FlatShape): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(FOURCC_FLAT_L2, 0, 'latin1');
  header.writeInt32LE(shape.dimensions, 4);
  header.writeBigInt64LE(BigInt(shape.vectors), 8);
  header.writeBigInt64LE(1n << 20n, 16);
  header.writeBigInt64LE(1n << 20n, 24);
  header.writeUInt8(1, 32);
  header.writeInt32LE(METRIC_L2, 33);
  header.writeBigInt64LE(BigInt(shape.vectors) * BigInt(shape.dimensions), 37);
  return header;
}

/**
 * Throws `index.damaged` where the file is not as long as its header says, and `index.foreign` where it is an
 * index of another kind, which only its makers can extend.
 */
export async function readFlatHeader(handle: FileHandle): Promise<FlatShape> {
  const { size } = await handle.stat();
  const header = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0);
  if (bytesRead < 4) throw damagedIndex(`index.faiss has ${size} bytes`);
  const fourcc = header.toString('latin1', 0, 4);
  if (fourcc !== FOURCC_FLAT_L2) {
    if (!/^[A-Za-z][A-Za-z0-9]{3}$/.test(fourcc))
      throw damagedIndex('index.faiss does not begin like an index');
    throw new AppError({
      code: 'index.foreign',
      message: `The search index is of another kind (${fourcc}) than the flat one with L2 distances that Accession keeps.`,
      hint: 'If nothing else needs it, move index.faiss and index.pkl away and run the load again: the index is rebuilt from the database.',
    });
  }
  if (bytesRead < HEADER_BYTES) throw damagedIndex(`index.faiss has ${size} bytes`);
  const dimensions = header.readInt32LE(4);
  const vectors = Number(header.readBigInt64LE(8));
  const floats = Number(header.readBigInt64LE(37));
  if (
    dimensions < 1 ||
    vectors < 0 ||
    floats !== vectors * dimensions ||
    size !== HEADER_BYTES + floats * BYTES_PER_FLOAT
  )
    throw damagedIndex(`index.faiss has ${size} bytes for ${vectors} vectors of ${dimensions} numbers`);
  return { dimensions, vectors };
}

/** Writes `vectors` one behind the other from `position` on, over what is there or at the end. */
export async function writeVectors(
  handle: FileHandle,
  dimensions: number,
  position: number,
  vectors: readonly Float32Array[],
): Promise<void> {
  let offset = HEADER_BYTES + position * dimensions * BYTES_PER_FLOAT;
  for (let start = 0; start < vectors.length; start += VECTORS_PER_WRITE) {
    const pieces = vectors
      .slice(start, start + VECTORS_PER_WRITE)
      .map((vector) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
    const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
    const { bytesWritten } = await handle.writev(pieces, offset);
    // A disk that fills up takes a part first and says so with the next call.
    if (bytesWritten < bytes) await writeRest(handle, Buffer.concat(pieces), bytesWritten, offset);
    offset += bytes;
  }
}

async function writeRest(handle: FileHandle, bytes: Buffer, from: number, offset: number): Promise<void> {
  let written = from;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, offset + written);
    written += bytesWritten;
  }
}

export function damagedIndex(cause: unknown): AppError {
  return new AppError({
    code: 'index.damaged',
    message: 'The search index is damaged: its file index.faiss is not whole.',
    hint: 'Move index.faiss and index.pkl away and run the load again: the index is rebuilt from the database.',
    cause,
  });
}
