import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../services/available.ts';
import { productionDatabase } from '../services/databases.ts';
import { createTopics, readTopic } from '../services/kafka-topics.ts';
import { type OpenAiStandIn, startOpenAiStandIn } from '../services/openai-stand-in.ts';
import { accession, type CommandResult } from './command.ts';
import { ownTopics } from './own-topics.ts';
import { dataFile, HAVE_DATA, NO_DATA, readData } from './sample-data.ts';
import { expectedTermEvents, multiset, type SentEvent, withPlaceholders } from './term-events.ts';

const FILES = ['checkouts_sample.csv', 'catalog_sample.csv', 'students_sample.csv'].map(dataFile);

describeWith(
  ['postgresUrl', 'kafkaBrokers'],
  'a school term into production',
  ({ postgresUrl, kafkaBrokers }) => {
    const home = mkdtempSync(join(tmpdir(), 'accession-term-'));
    const topics = ownTopics('term');
    let openai: OpenAiStandIn;
    let environment: Record<string, string>;
    let client: pg.Client;
    let prepared: CommandResult;
    let first: CommandResult;
    const rehearsed: CommandResult[] = [];
    const since = new Date();

    beforeAll(async () => {
      if (!HAVE_DATA) return;
      openai = await startOpenAiStandIn({ latencyMs: 5 });
      const url = await productionDatabase(postgresUrl);
      await createTopics(kafkaBrokers, Object.values(topics), 3);
      environment = {
        ...topics,
        DB_URL: url,
        KAFKA_BROKERS: kafkaBrokers,
        OPENAI_API_KEY: 'sk-test',
        OPENAI_BASE_URL: openai.baseUrl,
        ACCESSION_HOME: home,
        DATA_DIR: join(home, 'data'),
      };
      client = new pg.Client({ connectionString: url });
      await client.connect();
      prepared = await accession(environment, 'db', 'prepare', '--json');
      for (const order of orders(FILES))
        rehearsed.push(await accession(environment, 'load', ...order, '--dry-run', '--json'));
      first = await accession(environment, 'load', ...FILES, '--json');
    });

    afterAll(async () => {
      await client?.end();
      await openai?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    async function sent(): Promise<SentEvent[]> {
      const all: SentEvent[] = [];
      for (const name of Object.values(topics))
        for (const message of await readTopic(kafkaBrokers, name))
          all.push({ ...message, topic: name.slice(name.lastIndexOf('-') + 1) });
      return all;
    }

    it.skipIf(!HAVE_DATA)(`loads every row, whatever the order of the files (${NO_DATA})`, () => {
      expect(prepared.code, prepared.stderr).toBe(0);
      expect(first.code, first.stderr).toBe(0);
      expect(first.json.status).toBe('loaded');
      expect(
        first.json.files.map((file: Record<string, unknown>) => [
          file.type,
          file.rows,
          file.inserted,
          file.rejected,
        ]),
      ).toEqual([
        ['books', 341, 341, 0],
        ['students', 25, 25, 0],
        ['checkouts', 160, 160, 0],
      ]);
    });

    it.skipIf(!HAVE_DATA)('would load the same rows in every order of the files', () => {
      const counts = rehearsed.map(({ code, json }) => [
        code,
        json.files.map((file: Record<string, unknown>) => [file.type, file.inserted, file.rejected]),
      ]);
      const expected = [
        0,
        [
          ['books', 341, 0],
          ['students', 25, 0],
          ['checkouts', 160, 0],
        ],
      ];
      expect(counts).toEqual(Array(6).fill(expected));
    });

    it.skipIf(!HAVE_DATA)('stores the hashes of the old service and of the vector worker', async () => {
      const tables = {
        catalog: ['catalog_content_hash.csv', 'book_id'],
        students: ['students_content_hash.csv', 'student_id'],
        checkout: ['checkout_content_hash.csv', 'student_id', 'book_id', 'checkout_date'],
        book_embeddings: ['book_embeddings_content_hash.csv', 'book_id'],
      };
      for (const [table, [golden = '', ...key]] of Object.entries(tables)) {
        const columns = key.map((column) => `${column}::text`).join(', ');
        const { rows } = await client.query(`SELECT ${columns}, content_hash FROM ${table}`);
        const lines = (all: Record<string, string>[]): string[] =>
          all.map((row) => [...key, 'content_hash'].map((column) => row[column]).join(' ')).toSorted();
        expect(lines(rows), table).toEqual(lines(readData(`golden/${golden}`)));
      }
    });

    it.skipIf(!HAVE_DATA)(
      'sends exactly the events expected, to the partitions that Kafka itself would choose',
      async () => {
        const run = {
          loadId: first.json.loadId,
          correlationId: first.json.correlationId,
          since,
          until: new Date(),
        };
        const events = await sent();
        expect(multiset(events.map((event) => withPlaceholders(event, run)))).toEqual(
          multiset(expectedTermEvents()),
        );
        expect(new Set(events.map((event) => event.headers.id)).size).toBe(events.length);
        expect(first.json.events).toEqual({ published: events.length, pending: 0, dead: 0 });
      },
    );

    it.skipIf(!HAVE_DATA)('leaves the index and the published embeddings in agreement', async () => {
      const status = await accession(environment, 'index', 'status', '--json');
      expect(status.json).toMatchObject({
        state: 'ready',
        vectors: 341,
        documents: 341,
        published: 341,
        agrees: true,
      });
      const { rows } = await client.query('SELECT count(*)::int AS n FROM book_embeddings');
      expect(rows[0].n).toBe(341);
    });

    it.skipIf(!HAVE_DATA)('finds a book again by its own text', async () => {
      const search = await accession(environment, 'index', 'search', 'anything', '-k', '3', '--json');
      expect(search.code, search.stderr).toBe(0);
      expect(search.json.hits).toHaveLength(3);
    });

    it.skipIf(!HAVE_DATA)(
      'does nothing the second time: no write, no embedding, no event but the metrics one',
      async () => {
        const before = await sent();
        const written = 'SELECT array_agg(xmin::text ORDER BY book_id) AS catalog FROM catalog';
        const { rows: rowsBefore } = await client.query(written);
        const requests = openai.requests.length;
        const second = await accession(environment, 'load', ...FILES.toReversed(), '--json');
        expect(second.code, second.stderr).toBe(0);
        expect(second.json.status).toBe('loaded');
        expect(
          second.json.files.reduce((n: number, file: { unchanged: number }) => n + file.unchanged, 0),
        ).toBe(526);
        expect(openai.requests.length).toBe(requests);
        const after = await sent();
        const added = after.filter((event) => event.headers.load_id === second.json.loadId);
        expect(after.length).toBe(before.length + 1);
        expect(added.map((event) => event.topic)).toEqual(['ingestion_metrics']);
        expect(JSON.parse(added[0]?.value ?? 'null')).toMatchObject({
          books_processed: 341,
          books_skipped: 341,
          students_skipped: 25,
          checkouts_skipped: 160,
          embeddings_generated: 0,
        });
        const { rows: rowsAfter } = await client.query(written);
        expect(rowsAfter[0].catalog).toEqual(rowsBefore[0].catalog);
        const history = await accession(environment, 'history', '--json');
        expect(history.json.map((load: { status: string }) => load.status)).toEqual(['loaded', 'loaded']);
      },
    );
  },
);

/** Every order of three files. */
function orders([a = '', b = '', c = '']: readonly string[]): string[][] {
  return [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ];
}
