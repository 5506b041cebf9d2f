import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EncodingStart, toUtf8 } from '../../../../electron/adapters/csv/to-utf8.ts';
import { collected, cutAt, encoded, streamOf } from './reading.ts';

const ASSUMED: EncodingStart = { encoding: 'utf-8', bomBytes: 0, sure: false };
const SURE: EncodingStart = { encoding: 'utf-8', bomBytes: 0, sure: true };

async function convert(chunks: readonly Uint8Array[], start: EncodingStart) {
  const stream = toUtf8(streamOf(chunks), start);
  const pieces = await collected(stream.chunks);
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return {
    // Fatal: a character in two pieces, or bytes that are no UTF-8, would throw.
    text: pieces.map((piece) => text.decode(piece)).join(''),
    encoding: stream.encoding(),
    sure: stream.sure(),
    lost: stream.lostCharacters(),
  };
}

/** The same result in one piece, cut in two at every byte, and byte by byte. */
async function convertEveryWay(bytes: Uint8Array, start: EncodingStart) {
  const whole = await convert([bytes], start);
  for (let at = 0; at <= bytes.length; at += 1)
    expect(await convert(cutAt(bytes, [at]), start)).toEqual(whole);
  expect(await convert(cutAt(bytes, [...bytes.keys()]), start)).toEqual(whole);
  return whole;
}

describe('a file as UTF-8', () => {
  it.each([
    ['utf-8', 'é€📚\ufeff\n'],
    ['windows-1252', 'é€“\u0081'],
    ['utf-16le', 'é€📚\ufeff\n'],
    ['utf-16be', 'é€📚\ufeff\n'],
  ])('holds the characters that were written in %s, however the bytes are cut', async (encoding, text) => {
    const start = { encoding, bomBytes: 0, sure: true };
    expect(await convertEveryWay(encoded(text, encoding), start)).toEqual({
      text,
      encoding,
      sure: true,
      lost: 0,
    });
  });

  it('reads what browsers can read, such as old Macs and Shift JIS', async () => {
    const mac = await convert([Uint8Array.of(0x8e, 0x8f)], {
      encoding: 'macintosh',
      bomBytes: 0,
      sure: true,
    });
    expect(mac.text).toBe('éè');
    const japanese = Uint8Array.of(0x96, 0x7b, 0x5c);
    const start = { encoding: 'shift_jis', bomBytes: 0, sure: true };
    expect((await convertEveryWay(japanese, start)).text).toBe('本\\');
  });

  it('has no byte order mark at the front, and keeps U+FEFF everywhere else', async () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be']) {
      const start = { encoding, bomBytes: encoding === 'utf-8' ? 3 : 2, sure: true };
      const { text } = await convertEveryWay(encoded('\ufeff\ufeffa\ufeffb', encoding), start);
      expect(text).toBe('\ufeffa\ufeffb');
    }
  });

  it('is the very bytes that came in where they are UTF-8', async () => {
    const bytes = Buffer.from('abcé');
    const [piece] = await collected(toUtf8(streamOf([bytes]), SURE).chunks);
    expect(piece?.buffer).toBe(bytes.buffer);
    expect(piece?.byteOffset).toBe(bytes.byteOffset);
  });

  it('turns out to be Windows-1252 at its first byte that is no UTF-8', async () => {
    const bytes = encoded('a\nBront\u00eb\n“é', 'windows-1252');
    expect(await convertEveryWay(bytes, ASSUMED)).toEqual({
      text: 'a\nBrontë\n“é',
      encoding: 'windows-1252',
      sure: false,
      lost: 0,
    });
    expect(await convertEveryWay(encoded('caf\u00e9', 'windows-1252'), ASSUMED)).toMatchObject({
      text: 'café',
    });
  });

  it('stays UTF-8 after its first longer character, and an invalid byte is lost', async () => {
    const bytes = Buffer.concat([Buffer.from('aé'), Uint8Array.of(0xeb), Buffer.from('b\ufffd')]);
    expect(await convertEveryWay(bytes, ASSUMED)).toEqual({
      text: 'aé\ufffdb\ufffd',
      encoding: 'utf-8',
      sure: true,
      lost: 1,
    });
  });

  it.each([
    ['a stray byte', [0x61, 0x80, 0x62], 'a\ufffdb', 1],
    ['a character cut off by the end', [0x61, 0xe2, 0x82], 'a\ufffd', 1],
    ['a character cut off by a line end', [0xe2, 0x82, 0x0a], '\ufffd\n', 1],
    ['an overlong form', [0xc0, 0xaf], '\ufffd\ufffd', 2],
    ['half a surrogate pair', [0xed, 0xa0, 0x80, 0x61], '\ufffd\ufffd\ufffda', 3],
    ['two bytes in a row', [0xff, 0xfe, 0x61], '\ufffd\ufffda', 2],
  ])('that is UTF-8 for sure loses %s and nothing around it', async (_, bytes, text, lost) => {
    expect(await convertEveryWay(Uint8Array.from(bytes), SURE)).toEqual({
      text,
      encoding: 'utf-8',
      sure: true,
      lost,
    });
  });

  it('is sure when all of it was ASCII', async () => {
    expect(await convert([Buffer.from('abc')], ASSUMED)).toMatchObject({ encoding: 'utf-8', sure: true });
  });

  it('says that Windows-1252 was a guess where it was one', async () => {
    const start = { encoding: 'windows-1252', bomBytes: 0, sure: false };
    expect(await convert([Uint8Array.of(0xeb)], start)).toMatchObject({ text: 'ë', sure: false });
  });

  it('comes out the same however random bytes are cut', async () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gb18030'),
        fc.boolean(),
        fc.array(fc.nat(40), { maxLength: 6 }),
        async (file, encoding, sure, positions) => {
          const start = { encoding, bomBytes: 0, sure };
          const cuts = positions.map((at) => Math.min(at, file.length));
          expect(await convert(cutAt(file, cuts), start)).toEqual(await convert([file], start));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('passes on what goes wrong while the file is read', async () => {
    const failure = new Error('gone');
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      throw failure;
    }
    await expect(collected(toUtf8(failing(), SURE).chunks)).rejects.toBe(failure);
  });
});
