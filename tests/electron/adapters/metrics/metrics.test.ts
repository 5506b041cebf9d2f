import { expect, test } from 'vitest';
import { createMetrics, type Metrics } from '../../../../electron/adapters/metrics/metrics.ts';

const outbox = async () => ({
  published: 4,
  pending: 3,
  dead: 1,
  byTopic: [{ topic: 'books' as const, published: 4, pending: 3, dead: 1 }],
});

/** The value of one sample, by its name and labels as they are written. */
async function sample(metrics: Metrics, name: string): Promise<number | null> {
  const { body } = await metrics.text();
  const line = body.split('\n').find((text) => text.startsWith(`${name} `));
  return line === undefined ? null : Number(line.slice(name.length + 1));
}

test('rows are counted by type and outcome, and stand at zero before the first load', async () => {
  const metrics = createMetrics({ version: '1.0.0', outbox });
  const name = 'accession_rows_total{type="books",outcome="inserted"}';
  expect(await sample(metrics, name)).toBe(0);
  const file = { type: 'books', inserted: 5, updated: 2, unchanged: 1, rejected: 3, skipped: 0 };
  metrics.rows([file, { ...file, inserted: 1 }]);
  expect(await sample(metrics, name)).toBe(6);
  expect(await sample(metrics, 'accession_rows_total{type="books",outcome="rejected"}')).toBe(6);
  expect(await sample(metrics, 'accession_rows_total{type="students",outcome="inserted"}')).toBe(0);
});

test('loads are counted by how they ended, once each, with their time and that of their steps', async () => {
  const metrics = createMetrics({ version: '1.0.0', outbox });
  metrics.load({ kind: 'load-started', loadId: 'a', correlationId: 'c', files: 1 });
  metrics.load({ kind: 'load-started', loadId: 'b', correlationId: 'd', files: 1 });
  expect(await sample(metrics, 'accession_loads_running')).toBe(2);
  metrics.load({ kind: 'step-finished', loadId: 'a', step: 'commit', file: null, ms: 1_500 });
  metrics.load({ kind: 'load-finished', loadId: 'a', status: 'loaded', ms: 3_000 });
  const error = { code: 'db.unreachable', message: '', hint: '', retryable: true } as const;
  metrics.load({ kind: 'load-failed', loadId: 'b', error, trace: '' });
  metrics.load({ kind: 'load-finished', loadId: 'b', status: 'failed', ms: 10 });
  expect(await sample(metrics, 'accession_loads_running')).toBe(0);
  expect(await sample(metrics, 'accession_loads_total{status="loaded"}')).toBe(1);
  expect(await sample(metrics, 'accession_loads_total{status="failed"}')).toBe(1);
  expect(await sample(metrics, 'accession_load_duration_seconds_sum{status="loaded"}')).toBe(3);
  expect(await sample(metrics, 'accession_step_duration_seconds_sum{step="commit"}')).toBe(1.5);
});

test('the outbox is asked at each scrape; while it cannot be, the rest is there all the same', async () => {
  let up = true;
  const metrics = createMetrics({
    version: '1.0.0',
    outbox: () => (up ? outbox() : Promise.reject(new Error('unreachable'))),
  });
  expect(await sample(metrics, 'accession_outbox_events{topic="books",state="pending"}')).toBe(3);
  expect(await sample(metrics, 'accession_outbox_reachable')).toBe(1);
  up = false;
  expect(await sample(metrics, 'accession_outbox_events{topic="books",state="pending"}')).toBeNull();
  expect(await sample(metrics, 'accession_outbox_reachable')).toBe(0);
  expect(await sample(metrics, 'accession_loads_running')).toBe(0);
});

test('the process tells of itself', async () => {
  const metrics = createMetrics({ version: '1.2.3', outbox });
  expect(await sample(metrics, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  expect(await sample(metrics, 'accession_build_info{version="1.2.3"}')).toBe(1);
  metrics.upload('done', 100);
  metrics.signIn('refused');
  metrics.presence({ signIns: 2, sockets: 3 });
  metrics.request('/upload', 201, 50);
  expect(await sample(metrics, 'accession_upload_bytes_total')).toBe(100);
  expect(await sample(metrics, 'accession_sign_ins_total{outcome="refused"}')).toBe(1);
  expect(await sample(metrics, 'accession_signed_in')).toBe(2);
  expect(await sample(metrics, 'accession_sockets')).toBe(3);
  expect(
    await sample(metrics, 'accession_http_request_duration_seconds_count{route="/upload",status="201"}'),
  ).toBe(1);
});
