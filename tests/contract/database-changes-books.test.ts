import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Staging } from '../../electron/engine/database-port.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import { asReadingUser } from './reading-user.ts';
import { changesOf, withBothStagings } from './staged-changes.ts';
import { book, commitAll, emptyTables, type FileRows, rehearse } from './staged-load.ts';

describeEachDatabase('changes of books', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const withBoth = (groups: readonly FileRows[], work: (staging: Staging) => Promise<void>) =>
    withBothStagings(opened.database, groups, work);

  it('tells a written book as the catalog would have it, with what is known of its vector', async () => {
    await commitAll(opened.database, [
      {
        type: 'books',
        rows: [book(1, 'known', { author: 'Old', reading_level: 4.4, publication_year: 2001 })],
      },
    ]);
    await opened.connection.script(
      `INSERT INTO accession.book_vectors (book_id, seq, model, text_hash, text, metadata, vec)
         VALUES ('known', 1, 'm', 'hash-of-known', 'text', '{}', '[1,0]');
       INSERT INTO public.book_embeddings (book_id, content_hash) VALUES ('known', 'published-hash')`,
      NEVER,
    );
    await withBoth(
      [
        {
          type: 'books',
          columns: ['book_id', 'title', 'keywords'],
          rows: [book(1, 'known', { keywords: ['owl'] }), book(2, 'new', { keywords: ['fox', 'Żółć'] })],
        },
      ],
      async (staging) => {
        const looked: ReadonlySet<string>[] = [];
        const books: unknown[] = [];
        await staging.changes(
          0,
          { books: true },
          async (rows, look) => {
            books.push(...rows.map((row) => row.book));
            looked.push(await look.knownTexts('m', ['hash-of-known', 'never']));
          },
          NEVER,
        );
        expect(books).toEqual([
          {
            bookId: 'known',
            title: 'Title of known',
            author: 'Old',
            description: '',
            genre: [],
            keywords: ['owl'],
            readingLevel: '4.40',
            difficultyBand: null,
            publicationYear: 2001,
            known: { textHash: 'hash-of-known', model: 'm' },
            published: { contentHash: 'published-hash', hasVector: false },
          },
          {
            bookId: 'new',
            title: 'Title of new',
            author: '',
            description: '',
            genre: [],
            keywords: ['fox', 'Żółć'],
            readingLevel: null,
            difficultyBand: null,
            publicationYear: null,
            known: null,
            published: null,
          },
        ]);
        expect(looked).toEqual([new Set(['hash-of-known'])]);
      },
    );
  });

  it('needs no table of vectors, nor the live one', async () => {
    const bare = await target.open({ prepared: false });
    try {
      await bare.connection.script('DROP TABLE IF EXISTS public.catalog CASCADE', NEVER);
      const staging = await rehearse(bare.database, [{ type: 'books', rows: [book(1, 'b1')] }]);
      expect(await changesOf(staging, 0, true)).toMatchObject([
        { change: 'insert', book: { bookId: 'b1', known: null } },
      ]);
      expect(await staging.hasRows('books', NEVER)).toBe(false);
      await staging.discard(NEVER);
    } finally {
      await bare.close();
    }
  });

  if (target.kind !== 'pglite')
    it('needs no right but TEMP and SELECT on what is loaded', async () => {
      await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'known')] }]);
      await asReadingUser(opened, async (reading) => {
        const staging = await rehearse(reading, [
          { type: 'books', rows: [book(1, 'known', { author: 'New' })] },
        ]);
        expect(await changesOf(staging, 0, true)).toMatchObject([
          { change: 'update', book: { author: 'New', known: null, published: null } },
        ]);
        await staging.discard(NEVER);
      });
    });
});
