import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentOfEntry, metadataOf } from '../../../../electron/adapters/faiss/book-documents.ts';
import { readDocstore } from '../../../../electron/adapters/faiss/pickle-read.ts';
import type { Docstore, PickleValue } from '../../../../electron/adapters/faiss/pickle-values.ts';
import { pickleDocstore } from '../../../../electron/adapters/faiss/pickle-write.ts';
import { AppError } from '../../../../shared/errors.ts';
import { book } from '../../../contract/vector-index-feed.ts';

const roundTrip = (store: Docstore): Docstore => readDocstore(Buffer.concat([...pickleDocstore(store)]));

function storeWith(metadata: Map<PickleValue, PickleValue>): Docstore {
  return { documents: new Map([['d', { id: 'd', pageContent: 'text', metadata }]]), ids: ['d'] };
}

function codeOf(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${error}`;
  }
}

describe('a pickle we wrote', () => {
  test('reads back as it was, of thousands of documents and in small pieces', () => {
    const documents = new Map(
      Array.from({ length: 2500 }, (_, n) => {
        const id = `B${n}`;
        return [
          id,
          documentOfEntry(book(id, [1], { text: `${id} — “Ñandú” 🦊 ${'x'.repeat(n % 400)}` }), id),
        ] as const;
      }),
    );
    const store = { documents, ids: [...documents.keys()].reverse() };
    const pieces = [...pickleDocstore(store, 4096)];
    expect(pieces.length).toBeGreaterThan(100);
    expect(readDocstore(Buffer.concat(pieces))).toEqual(store);
  });

  test('of an empty index is a pickle too', () => {
    const empty = { documents: new Map(), ids: [] };
    expect(roundTrip(empty)).toEqual(empty);
  });

  test('keeps what others put into their documents, kind by kind', () => {
    const metadata = new Map<PickleValue, PickleValue>([
      ['float', 4],
      ['int', 4n],
      ['negative', -70_000n],
      ['big', 2n ** 70n],
      ['bigNegative', -(2n ** 63n) - 1n],
      ['huge', 7n ** 900n],
      ['yes', true],
      ['none', null],
      ['list', ['a', ['b', 1n]]],
      ['tuple', { kind: 'tuple', items: ['a', 2n] }],
      [
        'dict',
        new Map<PickleValue, PickleValue>([
          [1n, 'one'],
          ['__proto__', 'x'],
        ]),
      ],
      ['set', new Set<PickleValue>(['a', 1n])],
      ['bytes', Uint8Array.of(0, 255, 10)],
      ['decimal', { kind: 'decimal', text: '4.40' }],
      ['long', 'x'.repeat(70_000)],
    ]);
    expect(roundTrip(storeWith(metadata))).toEqual(storeWith(metadata));
    const document = roundTrip({
      documents: new Map([['u', { id: null, pageContent: '', metadata }]]),
      ids: ['u'],
    });
    expect(document.documents.get('u')?.id).toBeNull();
  });

  test('keeps any text, number and key', () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.bigInt(),
      fc.boolean(),
      fc.constant(null),
    );
    const value = fc.oneof(scalar, fc.array(scalar));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), value)), (pairs) => {
        const store = storeWith(new Map<PickleValue, PickleValue>(pairs));
        expect(roundTrip(store)).toEqual(store);
      }),
      { numRuns: 200 },
    );
  });

  test('says the same number of a level whether it was an int, a float or a Decimal', () => {
    const levels: PickleValue[] = [4n, 4, { kind: 'decimal', text: '4.00' }];
    for (const level of levels) {
      const [document] = roundTrip(storeWith(new Map([['reading_level', level]]))).documents.values();
      expect(document && metadataOf(document, 'B1').reading_level).toBe(4);
    }
  });
});

describe('a pickle that is not an index', () => {
  const whole = Buffer.concat([...pickleDocstore(storeWith(new Map([['book_id', 'B1']])))]);

  test('cut off anywhere is damaged', () => {
    for (let length = 0; length < whole.length; length += 1)
      expect(codeOf(() => readDocstore(whole.subarray(0, length)))).toBe('index.damaged');
  });

  test('with any byte changed is read or refused, but never a crash', () => {
    for (let at = 0; at < whole.length; at += 1)
      for (const change of [1, 0x28, 0x80, 0xff]) {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(codeOf(() => readDocstore(bytes))).toMatch(/^(read|index\.damaged|index\.foreign)$/);
      }
  });

  test('that would run a command is refused by the name of the command', () => {
    const text = (value: string) => Buffer.concat([Buffer.from([0x8c, value.length]), Buffer.from(value)]);
    const malicious = [
      Buffer.from('\x80\x02cos\nsystem\n(X\x04\x00\x00\x00true\x74\x52.', 'latin1'),
      Buffer.concat([
        Buffer.from([0x80, 4]),
        text('posix'),
        text('system'),
        Buffer.from([0x93]),
        text('true'),
        Buffer.from([0x85, 0x52, 0x2e]),
      ]),
      Buffer.concat([
        Buffer.from([0x80, 4]),
        text('builtins'),
        text('eval'),
        Buffer.from([0x93]),
        text('1'),
        Buffer.from([0x85, 0x52, 0x2e]),
      ]),
    ];
    for (const bytes of malicious)
      expect(() => readDocstore(bytes)).toThrow(/\((os|posix|builtins)\.(system|eval)\)/);
    for (const bytes of malicious) expect(codeOf(() => readDocstore(bytes))).toBe('index.foreign');
  });

  test('that calls one of the known classes with something else is refused', () => {
    const decimal = 'decimal';
    const head = Buffer.from([
      0x80,
      4,
      0x8c,
      decimal.length,
      ...Buffer.from(decimal),
      0x8c,
      7,
      ...Buffer.from('Decimal'),
      0x93,
    ]);
    expect(codeOf(() => readDocstore(Buffer.concat([head, Buffer.from([0x4b, 1, 0x85, 0x52, 0x2e])])))).toBe(
      'index.foreign',
    );
    expect(codeOf(() => readDocstore(Buffer.concat([head, Buffer.from([0x2e])])))).toBe('index.damaged');
  });

  test('that doubles itself over and over does not fill the memory', () => {
    // [[[…], […]], …]: thirty lists, each twice in the next.
    const lists: PickleValue[] = [];
    let inner: PickleValue[] = lists;
    for (let depth = 0; depth < 30; depth += 1) inner = [inner, inner];
    const list = [0x5d, 0x94];
    const bytes: number[] = [];
    for (let depth = 0; depth < 28; depth += 1)
      bytes.push(0x5d, 0x94, 0x28, 0x68, firstMemo(whole) + depth, 0x68, firstMemo(whole) + depth, 0x65);
    const at = whole.indexOf(Buffer.from([0x8c, 2, ...Buffer.from('B1')]));
    const bomb = Buffer.concat([
      whole.subarray(0, at),
      Buffer.from([...list, ...bytes]),
      whole.subarray(at + 4 + 1),
    ]);
    expect(codeOf(() => readDocstore(bomb))).toBe('index.damaged');
  });

  test('that is about something else is damaged', () => {
    const notATuple = Buffer.from([0x80, 4, 0x4e, 0x2e]);
    expect(codeOf(() => readDocstore(notATuple))).toBe('index.damaged');
    const gap = { documents: new Map(), ids: ['nobody'] };
    expect(codeOf(() => roundTrip(gap))).toBe('index.damaged');
  });
});

/** Number of things the pickle has memoised when its one book id comes: MEMOIZE opcodes before it. */
function firstMemo(pickle: Buffer): number {
  const before = pickle.subarray(0, pickle.indexOf(Buffer.from([0x8c, 2, ...Buffer.from('B1')])));
  return before.filter((byte) => byte === 0x94).length;
}
