import type { Page } from 'playwright-core';
import type { EventName, PayloadOf } from '../../../shared/contract/events.ts';
import type { FakeContract } from './fake-contract.ts';
import { LOAD_ID } from './fake-loads.ts';

type Happened = PayloadOf<'loads.happened'>;
type Step = PayloadOf<'loads.progress'>['step'];
/** Of every member of a union, without these fields. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Lets the backend behind the page tell of something. */
export async function tell<N extends EventName>(
  page: Page,
  event: N,
  scope: string | null,
  payload: PayloadOf<N>,
): Promise<void> {
  await page.evaluate(
    ([name, about, told]) =>
      (window as unknown as { tell: (...told: unknown[]) => void }).tell(name, about, told),
    [event, scope, payload] as const,
  );
}

export async function tellGap(page: Page, event: EventName, scope: string | null): Promise<void> {
  await page.evaluate(
    ([name, about]) => (window as unknown as Pick<FakeContract, 'tellGap'>).tellGap(name, about),
    [event, scope] as const,
  );
}

/** Something happens in the load, as those hear it who follow this one and those who follow all. */
export async function happen(page: Page, event: Without<Happened, 'loadId'>): Promise<void> {
  const payload = { ...event, loadId: LOAD_ID } as Happened;
  await tell(page, 'loads.happened', LOAD_ID, payload);
  await tell(page, 'loads.happened', null, payload);
}

export async function come(
  page: Page,
  step: Step,
  done: number,
  total: number | null,
  file: string | null = null,
): Promise<void> {
  await tell(page, 'loads.progress', LOAD_ID, {
    kind: 'step-progress',
    loadId: LOAD_ID,
    step,
    file,
    done,
    total,
  });
}

/** The load has checked and staged its files and is writing. */
export async function comeToWriting(page: Page): Promise<void> {
  await happen(page, { kind: 'load-started', correlationId: 'c-1', files: 2 });
  for (const [file, bytes] of [
    ['books.csv', 3_400_000],
    ['students.csv', 98_000],
  ] as const) {
    await happen(page, { kind: 'step-started', step: 'check', file, total: bytes, unit: 'bytes' });
    await happen(page, { kind: 'step-finished', step: 'check', file, ms: 950 });
  }
  await happen(page, { kind: 'step-started', step: 'stage', file: null, total: null, unit: 'rows' });
  await happen(page, { kind: 'step-finished', step: 'stage', file: null, ms: 2_400 });
  await happen(page, { kind: 'step-started', step: 'commit', file: null, total: null, unit: 'rows' });
  await come(page, 'commit', 4_500, 11_111);
}

/** … and is embedding. */
export async function comeToEmbedding(page: Page): Promise<void> {
  await comeToWriting(page);
  await come(page, 'commit', 11_111, 11_111);
  await happen(page, { kind: 'step-finished', step: 'commit', file: null, ms: 9_800 });
  await happen(page, { kind: 'step-started', step: 'embed', file: null, total: null, unit: 'texts' });
  await come(page, 'embed', 400, 1_249);
}
