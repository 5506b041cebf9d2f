import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isIsbn10, isIsbn13 } from '../../shared/records/isbn.ts';
import { describeWithPostgres } from '../services/available.ts';
import { productionDatabase } from '../services/databases.ts';
import { accession, type CommandResult } from './command.ts';
import { dataFile, HAVE_DATA, NO_DATA, readData } from './sample-data.ts';

describeWithPostgres('10,000 books as a spreadsheet left them', (postgresUrl) => {
  const home = mkdtempSync(join(tmpdir(), 'accession-goodbooks-'));
  let client: pg.Client;
  let loaded: CommandResult;

  beforeAll(async () => {
    if (!HAVE_DATA) return;
    const url = await productionDatabase(postgresUrl);
    const environment = { DB_URL: url, ACCESSION_HOME: home };
    client = new pg.Client({ connectionString: url });
    await client.connect();
    await accession(environment, 'db', 'prepare');
    const file = dataFile('goodbooks_10k_books.csv');
    loaded = await accession(environment, 'load', file, '--no-embed', '--no-events', '--json');
  });

  afterAll(async () => {
    await client?.end();
    rmSync(home, { recursive: true, force: true });
  });

  it.skipIf(!HAVE_DATA)(`are all accepted (${NO_DATA})`, () => {
    expect(loaded.code, loaded.stderr).toBe(0);
    expect(loaded.json.files).toMatchObject([
      { rows: 10_000, accepted: 10_000, inserted: 10_000, rejected: 0 },
    ]);
  });

  it.skipIf(!HAVE_DATA)(
    'keep 9,277 ISBNs, each as it was or with its zero restored, and each true to its check digit',
    async () => {
      const { rows } = await client.query<{ book_id: string; isbn: string }>(
        `SELECT book_id, isbn FROM catalog WHERE isbn <> ''`,
      );
      const original = new Map(
        readData('goodbooks_10k_books.csv').map((row) => [row.book_id, row.isbn ?? '']),
      );
      const asTheyWere = rows.filter(({ book_id, isbn }) => original.get(book_id) === isbn);
      const restored = rows.filter(({ book_id, isbn }) => {
        const before = original.get(book_id) ?? '';
        return before.length < 10 && before !== '' && before.padStart(10, '0') === isbn;
      });
      expect([rows.length, asTheyWere.length, restored.length]).toEqual([9_277, 2_690, 6_587]);
      expect(rows.filter(({ isbn }) => !isIsbn10(isbn) && !isIsbn13(isbn))).toEqual([]);
      const dropped = [...original].filter(([, isbn]) => isbn !== '').length - rows.length;
      expect(dropped).toBe(23);
    },
  );
});
