import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createJournalPublisher,
  type JournalEntry,
} from '../../../../electron/adapters/journal/journal-publisher.ts';
import { readJournal } from '../../../../electron/adapters/journal/read-journal.ts';
import { mendLastLine } from '../../../../electron/adapters/journal/torn-line.ts';
import { eventOf } from '../../../contract/event-publisher.ts';

const live = new AbortController().signal;
const now = () => new Date('2026-09-03T10:20:30.456Z');
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accession-journal-'));
  path = join(folder, 'events.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function send(...keys: string[]): Promise<void> {
  const publisher = createJournalPublisher({ path, now });
  await publisher.send(
    'student_events',
    keys.map((key, n) => eventOf('student_events', key, n)),
    live,
  );
  await publisher.close();
}

async function entries(): Promise<JournalEntry[]> {
  const found: JournalEntry[] = [];
  for await (const entry of readJournal(path, live)) found.push(entry);
  return found;
}

test('a line is one JSON object with topic, partition, key, headers, value and the time', async () => {
  await send('S1');
  expect(await readFile(path, 'utf8')).toBe(
    '{"topic":"student_events","partition":0,"key":"S1",' +
      '"headers":{"id":"id-S1-0","correlation_id":"c-1","load_id":"l-1"},' +
      '"value":{"event_type":"student_updated","student_id":"S1","n":0},' +
      '"written_at":"2026-09-03T10:20:30.456Z"}\n',
  );
});

test('a later publisher appends', async () => {
  await send('S1');
  await send('S2');
  expect((await entries()).map(({ key }) => key)).toEqual(['S1', 'S2']);
});

test('a line that a crash has torn goes, and nothing before or after it is lost', async () => {
  await send('S1', 'S2');
  await appendFile(path, '{"topic":"student_events","partition":0,"key":"S3","hea');
  expect((await entries()).map(({ key }) => key)).toEqual(['S1', 'S2']);
  await send('S4');
  expect((await entries()).map(({ key }) => key)).toEqual(['S1', 'S2', 'S4']);
  expect(await readFile(path, 'utf8')).not.toContain('S3');
});

test('a last line that lacks only its newline is completed', async () => {
  await send('S1', 'S2');
  await writeFile(path, (await readFile(path, 'utf8')).trimEnd());
  await send('S3');
  expect((await entries()).map(({ key }) => key)).toEqual(['S1', 'S2', 'S3']);
});

test('a torn line longer than a block, after a line that ends just before a block, is found', async () => {
  const whole = `${JSON.stringify({ filler: 'x'.repeat(64 * 1024) })}\n`;
  await writeFile(path, `${whole}{"torn":"${'y'.repeat(200_000)}`);
  await mendLastLine(path);
  expect(await readFile(path, 'utf8')).toBe(whole);
});

test('a file of nothing but a torn line becomes empty, a missing one stays missing', async () => {
  await mendLastLine(path);
  await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
  await writeFile(path, '{"to');
  await mendLastLine(path);
  expect(await readFile(path, 'utf8')).toBe('');
});

test('a journal that does not exist has no entries', async () => {
  expect(await entries()).toEqual([]);
});

test('a journal that cannot be written is an error that names it', async () => {
  await mkdir(path);
  const publisher = createJournalPublisher({ path, now });
  await expect(publisher.send('t', [eventOf('t', 'S1', 0)], live)).rejects.toMatchObject({
    code: 'events.failed',
    message: expect.stringContaining(path),
  });
  await rm(path, { recursive: true });
  expect(await publisher.send('t', [eventOf('t', 'S1', 0)], live)).toEqual({ refused: [] });
  await publisher.close();
});
