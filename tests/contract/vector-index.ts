import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VectorIndex } from '../../electron/engine/ports.ts';
import { book, bookFeed } from './vector-index-feed.ts';

export interface IndexUnderTest {
  index: VectorIndex;
  /** The same index, as the next start of Accession finds it. */
  reopen(): Promise<VectorIndex>;
  release(): Promise<void>;
}

const live = new AbortController().signal;
const ids = (hits: readonly { bookId: string }[]): string[] => hits.map(({ bookId }) => bookId);

/** The promises of the VectorIndex port, for every implementation that keeps an index of its own. */
export function vectorIndexContract(name: string, start: () => Promise<IndexUnderTest>): void {
  describe(`VectorIndex: ${name}`, () => {
    let under: IndexUnderTest;
    let index: VectorIndex;
    beforeEach(async () => {
      under = await start();
      index = under.index;
    });
    afterEach(() => under.release());

    test('an empty feed makes no index, and an absent one cannot be searched', async () => {
      expect(await index.update(bookFeed(), live)).toMatchObject({ added: 0, replaced: 0, vectors: 0 });
      expect(await index.status(live)).toMatchObject({
        state: 'absent',
        vectors: 0,
        documents: 0,
        dimensions: null,
      });
      await expect(index.search(Float32Array.of(1, 0), 3, live)).rejects.toMatchObject({
        code: 'index.empty',
      });
    });

    test('books are added, and the status counts them', async () => {
      const feed = bookFeed('school-a', book('B1', [1, 0]), book('B2', [0, 1]));
      feed.write(book('B3', [1, 1]));
      expect(await index.update(feed, live)).toEqual({ added: 3, replaced: 0, vectors: 3, generation: 1 });
      expect(await index.status(live)).toMatchObject({
        kind: 'flat',
        metric: 'l2',
        state: 'ready',
        vectors: 3,
        documents: 3,
        dimensions: 2,
        generation: 1,
      });
    });

    test('the nearest comes first, with its squared distance, text and metadata', async () => {
      const asked = book('B2', [0, 3]);
      await index.update(bookFeed('school-a', book('B1', [4, 0]), asked, book('B3', [1, 2])), live);
      const hits = await index.search(Float32Array.of(0, 2), 2, live);
      expect(hits).toEqual([
        { bookId: 'B2', distance: 1, text: asked.text, metadata: asked.metadata },
        expect.objectContaining({ bookId: 'B3', distance: 1 }),
      ]);
      expect(ids(await index.search(Float32Array.of(4, 1), 99, live))).toEqual(['B1', 'B3', 'B2']);
    });

    test('what a book lacks comes back as it was given', async () => {
      const bare = book('B1', [1, 0], {
        metadata: {
          book_id: 'B1',
          reading_level: null,
          level: null,
          grade_label: '',
          genre: [],
          keywords: [],
          author: '',
        },
      });
      await index.update(bookFeed('school-a', bare), live);
      expect((await index.search(bare.vector, 1, live))[0]?.metadata).toEqual(bare.metadata);
    });

    test('a book that is embedded again is replaced, not added', async () => {
      const feed = bookFeed('school-a', book('B1', [1, 0]), book('B2', [0, 1]));
      await index.update(feed, live);
      const again = book('B1', [5, 5], { text: 'New text' });
      feed.write(again, book('B3', [9, 9]));
      expect(await index.update(feed, live)).toEqual({ added: 1, replaced: 1, vectors: 3, generation: 2 });
      expect(await index.search(Float32Array.of(5, 5), 1, live)).toEqual([
        { bookId: 'B1', distance: 0, text: 'New text', metadata: again.metadata },
      ]);
      expect(ids(await index.search(Float32Array.of(1, 0), 3, live))).toEqual(['B2', 'B1', 'B3']);
    });

    test('of a book that comes several times the last vector counts', async () => {
      const feed = bookFeed('school-a', book('B1', [1, 0]), book('B1', [2, 0]));
      feed.write(book('B1', [3, 0]));
      expect(await index.update(feed, live)).toMatchObject({ added: 1, replaced: 0, vectors: 1 });
      expect((await index.search(Float32Array.of(3, 0), 1, live))[0]?.distance).toBe(0);
    });

    test('updating again with nothing new changes nothing, also after a restart', async () => {
      const feed = bookFeed('school-a', book('B1', [1, 0]));
      await index.update(feed, live);
      const before = await index.status(live);
      const nothing = { added: 0, replaced: 0, vectors: 1, generation: 1 };
      expect(await index.update(feed, live)).toEqual(nothing);
      const next = await under.reopen();
      expect(await next.update(feed, live)).toEqual(nothing);
      expect(await next.status(live)).toEqual(before);
      expect(ids(await next.search(Float32Array.of(1, 0), 1, live))).toEqual(['B1']);
    });

    test('the feed of another database is refused and changes nothing', async () => {
      await index.update(bookFeed('school-a', book('B1', [1, 0])), live);
      const other = bookFeed('school-b', book('X1', [0, 1]));
      await expect(index.update(other, live)).rejects.toMatchObject({ code: 'index.foreign' });
      expect(await index.status(live)).toMatchObject({ state: 'ready', vectors: 1, generation: 1 });
    });

    test('vectors of another length, or with numbers that are none, are refused', async () => {
      const feed = bookFeed('school-a', book('B1', [1, 0]));
      await index.update(feed, live);
      await expect(index.search(Float32Array.of(1, 0, 0), 1, live)).rejects.toMatchObject({
        code: 'embedding.dimensions',
      });
      const longer = bookFeed('school-a', book('B1', [1, 0]), book('B2', [1, 0, 0]));
      longer.write(book('B2', [1, 0, 0]));
      await expect(index.update(longer, live)).rejects.toMatchObject({ code: 'embedding.dimensions' });
      feed.write(book('B2', [Number.NaN, 0]));
      await expect(index.update(feed, live)).rejects.toMatchObject({ code: 'embedding.failed' });
      expect(await index.status(live)).toMatchObject({ state: 'ready', vectors: 1, generation: 1 });
    });

    test('an aborted update rejects with the reason and leaves the index as it was', async () => {
      const feed = bookFeed('school-a', book('B1', [1, 0]));
      await index.update(feed, live);
      const reason = new Error('asked to stop');
      const stop = new AbortController();
      feed.write(book('B2', [0, 1]));
      const stopping = {
        sourceId: feed.sourceId,
        async *since(seq: number, signal: AbortSignal) {
          yield* feed.since(seq, signal);
          stop.abort(reason);
          yield { seq: 99, entries: [book('B3', [1, 1])] };
        },
      };
      await expect(index.update(stopping, stop.signal)).rejects.toBe(reason);
      await expect(index.search(Float32Array.of(1, 0), 1, stop.signal)).rejects.toBe(reason);
      expect(await index.status(live)).toMatchObject({ vectors: 1, generation: 1 });
      expect(await index.update(feed, live)).toMatchObject({ added: 1, vectors: 2, generation: 2 });
    });

    test('two updates at once apply each entry once', async () => {
      const feed = bookFeed('school-a', book('B1', [1, 0]), book('B2', [0, 1]));
      const updates = await Promise.all([index.update(feed, live), index.update(feed, live)]);
      expect(updates.map(({ added }) => added).sort()).toEqual([0, 2]);
      expect(await index.status(live)).toMatchObject({ vectors: 2, generation: 1 });
    });
  });
}
