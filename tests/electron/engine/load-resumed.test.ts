import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { describeEachDatabase } from '../../contract/database-harness.ts';
import { createMemoryPublisher } from '../../fakes/memory-publisher.ts';
import { type Bench, createBench, term } from './load-harness.ts';

describeEachDatabase('a load that is resumed', (target) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = createBench(await target.open());
  });
  afterEach(() => bench.close());

  it('keeps what was whole when it is stopped, and resume does the rest', async () => {
    const { books, students, checkouts } = term(100);
    const files = [bench.file('b.csv', books), bench.file('s.csv', students), bench.file('c.csv', checkouts)];
    const stop = new AbortController();
    const stopped = await bench.load(files, {
      signals: { stop: stop.signal },
      onEvent: (event) => {
        if (event.kind === 'step-progress' && event.step === 'commit' && event.done >= 40) stop.abort();
      },
    });
    expect([stopped.status, stopped.resumable]).toEqual(['stopped', true]);
    expect(await bench.rows('SELECT count(*)::int AS n FROM catalog')).toEqual([{ n: 40 }]);
    expect(stopped.files.map((file) => [file.accepted, file.rejected])).toEqual([
      [40, 0],
      [0, 0],
      [0, 0],
    ]);
    const resumed = await bench.resume(stopped.loadId.slice(0, 8));
    expect([resumed.status, resumed.resumable]).toEqual(['loaded', false]);
    expect(resumed.files.map((file) => file.inserted)).toEqual([100, 100, 100]);
    expect(await bench.rows('SELECT count(*)::int AS n FROM checkout')).toEqual([{ n: 100 }]);
    const ids = bench.publisher.sent.map((message) => message.headers.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives embedding up for now when the service refuses the account, and resume makes up for it', async () => {
    const dead = {
      ...bench.embedder,
      embed: () => Promise.reject(quota()),
    };
    const report = await bench.load([bench.file('b.csv', term(30).books)], { ports: { embedder: dead } });
    expect(report.status).toBe('loaded');
    expect(report.embeddings).toMatchObject({ generated: 0, failed: 30 });
    expect(report.problems.map((problem) => problem.code)).toEqual(['embedding.quota']);
    expect(bench.publisher.sent.filter((message) => message.topic === 'book_events').length).toBeGreaterThan(
      0,
    );
    const resumed = await bench.resume(report.loadId);
    expect(resumed.embeddings).toMatchObject({ generated: 30, failed: 0 });
    expect(await bench.rows('SELECT count(*)::int AS n FROM book_embeddings')).toEqual([{ n: 30 }]);
    const metrics = bench.publisher.sent.filter((message) => message.topic === 'ingestion_metrics');
    expect(metrics).toHaveLength(1);
  });

  it('stops embedding at the limit of what it may spend, and resume goes on once that is raised', async () => {
    const priced = { ...bench.embedder, usdPerMillionTokens: 1_000_000 };
    const report = await bench.load([bench.file('b.csv', term(30).books)], {
      ports: { embedder: priced },
      tuning: { spendLimitUsd: 170, embedConcurrency: 1 },
    });
    expect(report.status).toBe('loaded');
    expect(report.problems.map((problem) => problem.code)).toEqual(['embedding.spend-limit']);
    expect(report.embeddings.costUsd).toBeLessThan(170);
    expect(report.embeddings.generated).toBeGreaterThan(0);
    expect(report.embeddings.failed).toBe(30 - report.embeddings.generated);
    const resumed = await bench.resume(report.loadId, { embedder: priced });
    expect(resumed.embeddings).toMatchObject({ generated: 30, failed: 0, costUsd: 30 * 4 });
  });

  it('keeps events of a missing topic, sends the others, and resume sends the rest', async () => {
    const broker = createMemoryPublisher({ missingTopics: ['student_events'] });
    const report = await bench.load(
      [bench.file('b.csv', term(10).books), bench.file('s.csv', term(10).students)],
      { ports: { publisher: broker } },
    );
    expect(report.status).toBe('loaded');
    expect(report.problems.map((problem) => problem.code)).toEqual(['events.missing-topic']);
    expect(report.events.pending).toBe(11);
    expect(broker.sent.map((message) => message.topic)).not.toContain('student_events');
    const resumed = await bench.resume(report.loadId);
    expect(resumed.events).toMatchObject({ pending: 0, dead: 0 });
    expect(bench.publisher.sent.map((message) => message.topic)).toEqual(Array(11).fill('student_events'));
  });

  it('says that there is nothing to go on from where a load never got all its rows in', async () => {
    const stop = AbortSignal.abort();
    const stopped = await bench.load([bench.file('b.csv', term(60).books)], { signals: { stop } });
    expect([stopped.status, stopped.resumable]).toEqual(['stopped', false]);
    await expect(bench.resume(stopped.loadId)).rejects.toMatchObject({ code: 'load.not-resumable' });
    await expect(bench.resume('ffffffff')).rejects.toMatchObject({ code: 'load.unknown' });
  });
});

function quota(): Error {
  return new AppError({
    code: 'embedding.quota',
    message: 'The account has no credit left.',
    hint: 'Add credit.',
  });
}
