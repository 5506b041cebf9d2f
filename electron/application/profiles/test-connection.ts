import { PROBE_PARTS, type ProbePart, type ProbeResult } from '../../../shared/contract/profile-test.ts';
import type { ConnectionProbe, ProbeTarget } from '../../engine/connection-test-port.ts';
import type { Clock } from '../../engine/ports.ts';

/** Longer than the slowest part takes to find out by itself that nobody answers. */
export const TEST_LIMIT_MS = 20_000;

export interface TestConnectionPorts {
  probes: readonly ConnectionProbe[];
  clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
}

export interface TestConnectionOptions {
  /** Left out: every part. */
  parts?: readonly ProbePart[] | undefined;
  /** For each part, and so for all of them, as they run at once. */
  limitMs?: number | undefined;
  /** Called as each part is done, in the order in which they are. */
  onResult?: ((result: ProbeResult) => void) | undefined;
}

/**
 * Tests the parts at the same time, each on its own: one that is broken, slow or faulty takes nothing from the
 * others. Resolves to their results in the order of `PROBE_PARTS`; rejects with the signal's reason only.
 */
export async function testConnection(
  { probes, clock }: TestConnectionPorts,
  target: ProbeTarget,
  options: TestConnectionOptions,
  signal: AbortSignal,
): Promise<ProbeResult[]> {
  const wanted = PROBE_PARTS.filter((part) => options.parts?.includes(part) ?? true);
  const results = await Promise.all(
    wanted.map(async (part) => {
      const probe = probes.find((one) => one.part === part);
      if (probe === undefined) throw new Error(`There is no probe for ${part}.`);
      const result = await testPart(probe, clock, target, options.limitMs ?? TEST_LIMIT_MS, signal);
      options.onResult?.(result);
      return result;
    }),
  );
  signal.throwIfAborted();
  return results;
}

async function testPart(
  probe: ConnectionProbe,
  clock: TestConnectionPorts['clock'],
  target: ProbeTarget,
  limitMs: number,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const startedAt = clock.monotonicMs();
  const limit = new AbortController();
  const done = new AbortController();
  const timedOut = clock.sleep(limitMs, AbortSignal.any([done.signal, signal])).then(
    () => limit.abort(new Error('The test of this part took too long.')),
    () => {},
  );
  const either = AbortSignal.any([signal, limit.signal]);
  const answer = (fields: Omit<ProbeResult, 'part' | 'ms'>): ProbeResult => ({
    part: probe.part,
    ms: Math.max(0, Math.round(clock.monotonicMs() - startedAt)),
    ...fields,
  });
  try {
    // Some clients cannot be interrupted: what goes on in them after the limit ends by itself, unheard.
    const { state, version, facts, problems } = await unlessAborted(probe.run(target, either), either);
    return answer({ state, version, facts: [...facts], problems: [...problems] });
  } catch {
    signal.throwIfAborted();
    const problem = limit.signal.aborted ? tookTooLong(limitMs) : FAULTY;
    return answer({ state: 'failed', version: null, facts: [], problems: [problem] });
  } finally {
    done.abort();
    await timedOut;
  }
}

const tookTooLong = (limitMs: number): ProbeResult['problems'][number] => ({
  code: 'timed-out',
  message: `The test was not finished after ${Math.round(limitMs / 1000)} seconds, so it was broken off.`,
  hint: 'Test again; if it stays so, the service is overloaded, or a firewall swallows what is sent to it.',
  fix: null,
});

// What the probe threw may quote anything, so that none of it is shown.
const FAULTY: ProbeResult['problems'][number] = {
  code: 'failed',
  message: 'The test of this part broke down, which is a fault of Accession itself.',
  hint: 'Test again; if it stays so, send us what "accession doctor" says.',
  fix: null,
};

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
