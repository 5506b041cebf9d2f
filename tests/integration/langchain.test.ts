import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../services/available.ts';
import { productionDatabase } from '../services/databases.ts';
import { type OpenAiStandIn, startOpenAiStandIn } from '../services/openai-stand-in.ts';
import { accession, type CommandResult } from './command.ts';
import { dataFile, HAVE_DATA, NO_DATA } from './sample-data.ts';

const SCRIPT = fileURLToPath(new URL('./langchain.py', import.meta.url));

describeWith(
  ['postgresUrl', 'pythonBin'],
  'the index in the hands of LangChain',
  ({ postgresUrl, pythonBin }) => {
    const home = mkdtempSync(join(tmpdir(), 'accession-langchain-'));
    const dataDir = join(home, 'data');
    let openai: OpenAiStandIn;
    let environment: Record<string, string>;
    let client: pg.Client;
    let loaded: CommandResult;
    // biome-ignore lint/suspicious/noExplicitAny: what Python prints.
    let python: any;

    beforeAll(async () => {
      if (!HAVE_DATA) return;
      openai = await startOpenAiStandIn();
      const url = await productionDatabase(postgresUrl);
      client = new pg.Client({ connectionString: url });
      await client.connect();
      environment = {
        DB_URL: url,
        OPENAI_API_KEY: 'sk-test',
        OPENAI_BASE_URL: openai.baseUrl,
        ACCESSION_HOME: home,
        DATA_DIR: dataDir,
      };
      await accession(environment, 'db', 'prepare');
      loaded = await accession(environment, 'load', dataFile('catalog_sample.csv'), '--no-events', '--json');
      const { stdout } = await promisify(execFile)(
        pythonBin,
        [SCRIPT, join(dataDir, 'vector_store'), '1536'],
        {
          maxBuffer: 64 * 1024 * 1024,
        },
      );
      python = JSON.parse(stdout);
    });

    afterAll(async () => {
      await client?.end();
      await openai?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    it.skipIf(!HAVE_DATA)(
      `holds as many vectors as documents, books and published embeddings (${NO_DATA})`,
      async () => {
        expect(loaded.code, loaded.stderr).toBe(0);
        const { rows } = await client.query('SELECT count(*)::int AS n FROM book_embeddings');
        const books = new Set(python.metadata.map((metadata: { book_id: string }) => metadata.book_id));
        expect([python.ntotal, python.documents, books.size, rows[0].n]).toEqual([341, 341, 341, 341]);
      },
    );

    it.skipIf(!HAVE_DATA)('finds each book first by its own vector, or one of identical text', () => {
      const strangers = python.first.filter(([own, found]: [string, string]) => own !== found);
      expect(python.first).toHaveLength(341);
      expect(strangers).toEqual([]);
    });

    it.skipIf(!HAVE_DATA)('carries the metadata of the catalog', async () => {
      const { rows } = await client.query(
        'SELECT book_id, author, genre, keywords, reading_level::float8 AS level FROM catalog ORDER BY book_id',
      );
      const expected = rows.map((row) => ({
        book_id: row.book_id,
        reading_level: row.level,
        level: row.level,
        genre: JSON.parse(row.genre ?? '[]'),
        keywords: JSON.parse(row.keywords ?? '[]'),
        author: row.author ?? '',
      }));
      const found = python.metadata.map(
        ({ grade_label: _, ...metadata }: { grade_label: string; book_id: string }) => metadata,
      );
      found.sort((a: { book_id: string }, b: { book_id: string }) => (a.book_id < b.book_id ? -1 : 1));
      expect(found).toEqual(expected.toSorted((a, b) => (a.book_id < b.book_id ? -1 : 1)));
      const charlotte = python.metadata.find((metadata: { book_id: string }) => metadata.book_id === 'B001');
      expect(charlotte.grade_label).toBe('4th grade');
    });

    it.skipIf(!HAVE_DATA)(
      'is read back with the book that LangChain added, and says that another program wrote it',
      async () => {
        const status = await accession(environment, 'index', 'status', '--json');
        expect(status.json).toMatchObject({ state: 'foreign', vectors: 342, documents: 342, agrees: false });
        const search = await accession(environment, 'index', 'search', 'anything', '-k', '342', '--json');
        expect(search.json.hits.map((hit: { bookId: string }) => hit.bookId)).toContain('PY-1');
      },
    );
  },
);
