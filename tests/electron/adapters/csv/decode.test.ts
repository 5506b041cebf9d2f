import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../../electron/adapters/csv/decode.ts';
import { cutAt, streamOf } from './reading.ts';

async function decode(chunks: readonly Uint8Array[]): Promise<string> {
  let text = '';
  for await (const piece of decodeUtf8(streamOf(chunks), 'books.csv')) text += piece.text;
  return text;
}

const INVALID: [string, Buffer, number][] = [
  ['Windows-1252', Buffer.from('a\nb\nBront\xeb\nc', 'latin1'), 3],
  ['a stray continuation byte', Buffer.from([0x61, 0x0a, 0x80, 0x0a]), 2],
  ['a character cut off by the end', Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xe2, 0x82]), 3],
  ['a character cut off by a line end', Buffer.from([0xe2, 0x82, 0x0a, 0x61]), 1],
  ['an overlong form', Buffer.from([0x0a, 0xc0, 0xaf]), 2],
  ['half a surrogate pair', Buffer.from([0x0a, 0x0a, 0xed, 0xa0, 0x80]), 3],
  ['UTF-16', Buffer.from('\ufeffa\n', 'utf16le'), 1],
];

describe('decodeUtf8', () => {
  it.each(INVALID)('refuses %s and names the line, however the bytes are cut', async (_, bytes, line) => {
    for (let at = 0; at <= bytes.length; at += 1) {
      await expect(decode(cutAt(bytes, [at]))).rejects.toMatchObject({
        code: 'file.encoding',
        message: expect.stringContaining(`line ${line} `),
        hint: expect.stringContaining('UTF-8'),
      });
    }
  });

  it('drops the byte order mark at the start and only there', async () => {
    const bytes = Buffer.from('\ufeff\ufeffa\ufeffb');
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(await decode(cutAt(bytes, [at]))).toBe('\ufeffa\ufeffb');
    }
  });

  it('counts the bytes that it has read', async () => {
    const counts: number[] = [];
    for await (const { bytesRead } of decodeUtf8(streamOf([Buffer.from('é'), Buffer.from('ab')]), 'x.csv')) {
      counts.push(bytesRead);
    }
    expect(counts).toEqual([2, 4]);
  });
});
