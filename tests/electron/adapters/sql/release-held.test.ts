import { expect, onTestFinished, test } from 'vitest';
import { releaseHeld } from '../../../../electron/adapters/sql/release-held.ts';
import { diedBefore, NEVER, openDeskBench } from '../../application/loads/desk-bench.ts';

test('what a dead process held is free at once, and a later lease is told from its own', async () => {
  const bench = await openDeskBench();
  onTestFinished(() => bench.close());
  const { ledger } = bench.ports.database;
  const { loadId } = await diedBefore(bench, 'commit');
  const lease = () => ledger.lease(loadId, 0, 'staged', 'somebody else', 60_000, NEVER);
  const turn = () => ledger.takeTurns('00000000-0000-4000-8000-000000000009', ['books'], 60_000, NEVER);
  await bench.rows(`UPDATE accession.chunks SET lease_until = now() + interval '1 hour'`);
  await bench.rows(`UPDATE accession.turns SET lease_until = now() + interval '1 hour'`);
  expect([await lease(), await turn()]).toEqual([null, expect.objectContaining({ held: false })]);
  await releaseHeld(bench.opened.connection, NEVER);
  expect(await lease()).toMatchObject({ loadId, chunkNo: 0, generation: 2 });
  expect(await turn()).toEqual({ held: true });
});
