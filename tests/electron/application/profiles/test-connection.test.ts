import { describe, expect, it } from 'vitest';
import { testConnection } from '../../../../electron/application/profiles/test-connection.ts';
import type { ConnectionProbe, ProbeFindings } from '../../../../electron/engine/connection-test-port.ts';
import { PROBE_PARTS, type ProbePart } from '../../../../shared/contract/profile-test.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { CANARY, targetWith } from '../../adapters/probe-target.ts';

const NEVER = new AbortController().signal;
const GREEN: ProbeFindings = { state: 'ok', version: 'fake 1', facts: ['It answers.'], problems: [] };
const TARGET = targetWith({});

function probesWith(special: Partial<Record<ProbePart, ConnectionProbe['run']>>): ConnectionProbe[] {
  return PROBE_PARTS.map((part) => ({ part, run: special[part] ?? (async () => GREEN) }));
}

describe('a test of a profile', () => {
  it('gives the parts in their order, each with its time', async () => {
    const clock = createFakeClock();
    const done: ProbePart[] = [];
    const probes = probesWith({
      postgres: async (_, signal) => {
        await clock.sleep(40, signal);
        return GREEN;
      },
    });
    const results = testConnection(
      { probes, clock },
      TARGET,
      { onResult: ({ part }) => done.push(part) },
      NEVER,
    );
    await clock.advance(0);
    await clock.advance(40);
    expect((await results).map(({ part, state, ms }) => [part, state, ms])).toEqual([
      ['postgres', 'ok', 40],
      ['kafka', 'ok', 0],
      ['openai', 'ok', 0],
      ['vector-store', 'ok', 0],
    ]);
    expect(done.at(-1)).toBe('postgres');
  });

  it('tests the parts that are asked for only', async () => {
    const clock = createFakeClock();
    const results = await testConnection(
      { probes: probesWith({}), clock },
      TARGET,
      { parts: ['openai', 'kafka'] },
      NEVER,
    );
    expect(results.map(({ part }) => part)).toEqual(['kafka', 'openai']);
  });

  it('breaks a part off that never answers, even if it heeds no signal, and keeps the others', async () => {
    const clock = createFakeClock();
    const probes = probesWith({ kafka: () => new Promise(() => {}) });
    const results = testConnection({ probes, clock }, TARGET, { limitMs: 5_000 }, NEVER);
    await clock.advance(5_000);
    expect((await results).map(({ state }) => state)).toEqual(['ok', 'failed', 'ok', 'ok']);
    expect((await results)[1]).toEqual({
      part: 'kafka',
      state: 'failed',
      ms: 5_000,
      version: null,
      facts: [],
      problems: [
        {
          code: 'timed-out',
          message: 'The test was not finished after 5 seconds, so it was broken off.',
          hint: 'Test again; if it stays so, the service is overloaded, or a firewall swallows what is sent to it.',
          fix: null,
        },
      ],
    });
  });

  it('says of a probe that is itself at fault that it is, and repeats nothing of what it threw', async () => {
    const clock = createFakeClock();
    const probes = probesWith({ openai: async () => Promise.reject(new Error(CANARY)) });
    const results = await testConnection({ probes, clock }, TARGET, {}, NEVER);
    expect(results.map(({ state }) => state)).toEqual(['ok', 'ok', 'failed', 'ok']);
    expect(results[2]?.problems[0]?.code).toBe('failed');
    expect(JSON.stringify(results)).not.toContain(CANARY);
  });

  it('rejects with the reason when it is aborted', async () => {
    const clock = createFakeClock();
    const abort = new AbortController();
    const probes = probesWith({ kafka: () => new Promise(() => {}) });
    const results = testConnection({ probes, clock }, TARGET, {}, abort.signal);
    abort.abort(new Error('stopped'));
    await expect(results).rejects.toThrow('stopped');
  });
});
