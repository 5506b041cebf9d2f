import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../../../electron/adapters/csv/gunzip.ts';
import { collected, cutAt, streamOf } from './reading.ts';

const TEXT = 'book_id,title\nB1,Matilda\n'.repeat(40_000);

async function unpacked(chunks: readonly Uint8Array[]): Promise<string> {
  return Buffer.concat(await collected(gunzip(streamOf(chunks), 'books.csv.gz'))).toString();
}

describe('a gzip file', () => {
  it('gives its bytes, however it is cut, also in several parts', async () => {
    const packed = gzipSync(TEXT);
    expect(await unpacked(cutAt(packed, [1, 5, 100, packed.length - 1]))).toBe(TEXT);
    expect(await unpacked([gzipSync('a,b\n'), gzipSync('1,2\n')])).toBe('a,b\n1,2\n');
  });

  it('that is cut off is refused as file.compressed', async () => {
    const packed = gzipSync(TEXT);
    await expect(unpacked([packed.subarray(0, packed.length - 9)])).rejects.toMatchObject({
      code: 'file.compressed',
      message: expect.stringContaining('books.csv.gz'),
    });
  });

  it('with a changed byte is refused as file.compressed', async () => {
    const packed = gzipSync(TEXT);
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 0xff;
    await expect(unpacked([packed])).rejects.toMatchObject({ code: 'file.compressed' });
  });

  it('passes on what goes wrong while it is read', async () => {
    const failure = new Error('gone');
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync(TEXT).subarray(0, 100);
      throw failure;
    }
    await expect(collected(gunzip(failing(), 'books.csv.gz'))).rejects.toBe(failure);
  });

  it('is let go of when nobody wants the rest', async () => {
    let released = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield gzipSync(TEXT);
      } finally {
        released = true;
      }
    }
    for await (const _chunk of gunzip(endless(), 'books.csv.gz')) break;
    await expect.poll(() => released).toBe(true);
  });
});
