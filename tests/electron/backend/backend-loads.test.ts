import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { PayloadOf } from '../../../shared/contract/events.ts';
import { startBackend, tempHome } from './backend-process.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'shared', 'samples');
type Happened = PayloadOf<'loads.happened'>;

/** What a step or the load itself has come to, in a word. */
const named = (event: Happened): string => ('step' in event ? `${event.kind} ${event.step}` : event.kind);

test('files that main named are loaded over the contract, followed over a cut connection, and found in the history', async () => {
  const { client, chooseFile, cut, notices } = startBackend(tempHome());
  const files = ['books', 'students', 'checkouts'];
  for (const name of files) chooseFile(`id-of-${name}`, join(samples, `${name}.csv`));

  const all: Happened[] = [];
  const gaps: string[] = [];
  client.subscribe('loads.happened', null, {
    onEvent: (event) => {
      all.push(event);
      // In the middle of it: what happens meanwhile must not be lost.
      if (named(event) === 'step-started commit') {
        cut();
        setTimeout(() => client.retryNow(), 100);
      }
    },
    onGap: () => gaps.push('all'),
  });
  const request = { profileId: null, files: files.map((name) => `id-of-${name}`) };
  await expect(client.request('loads.start', { ...request, files: ['id-guessed'] })).rejects.toMatchObject({
    code: 'file.missing',
  });
  const { loadId } = await client.request('loads.start', request);
  const late: Happened[] = [];
  client.subscribe('loads.happened', loadId, {
    onEvent: (event) => late.push(event),
    onGap: () => gaps.push('one'),
  });
  await vi.waitFor(() => expect(all.at(-1)?.kind).toBe('load-finished'), { timeout: 30_000 });

  expect(gaps).toEqual([]);
  expect(all[0]).toMatchObject({ kind: 'load-started', loadId, files: 3 });
  expect(all.at(-1)).toMatchObject({ loadId, status: 'partial' });
  expect(all.map(named)).toEqual(
    notices.flatMap(({ kind, event }) =>
      kind === 'load-event' && event !== undefined && event.kind !== 'step-progress'
        ? [named(event as Happened)]
        : [],
    ),
  );
  await vi.waitFor(() => expect(late.at(-1)).toEqual(all.at(-1)));

  const { loads } = await client.request('loads.history', { profileId: null });
  expect(loads).toMatchObject([
    { loadId, status: 'partial', files: [{ type: 'books' }, { type: 'students' }, { type: 'checkouts' }] },
  ]);
  const { load, error, resumable, endedAt } = await client.request('loads.show', { profileId: null, loadId });
  expect([load, error, resumable]).toEqual([loads[0], null, false]);
  expect(endedAt).toMatch(/^\d{4}-/);
  expect(load.counts.accepted + load.counts.rejected).toBe(load.counts.rows);
  await vi.waitFor(async () => expect(await client.request('loads.running', {})).toEqual({ loads: [] }));
  expect(await client.request('loads.stop', { loadId })).toEqual({ running: false });
});

test('a load that fails before the database knows of it is told and can still be asked about', async () => {
  const { client, chooseFile } = startBackend(tempHome());
  chooseFile('gone', '/nowhere/books.csv');
  const { loadId } = await client.request('loads.start', { profileId: null, files: ['gone'] });
  await vi.waitFor(async () => expect(await client.request('loads.running', {})).toEqual({ loads: [] }));
  await expect(client.request('loads.show', { profileId: null, loadId })).rejects.toMatchObject({
    code: 'file.missing',
  });
  const unknown = '00000000-0000-4000-8000-000000000001';
  await expect(client.request('loads.resume', { profileId: null, loadId: unknown })).rejects.toMatchObject({
    code: 'load.unknown',
  });
  await expect(client.request('loads.start', { profileId: unknown, files: ['gone'] })).rejects.toMatchObject({
    code: 'profile.unknown',
  });
});
