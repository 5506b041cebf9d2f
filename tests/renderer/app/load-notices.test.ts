import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { PayloadOf } from '../../../shared/contract/events.ts';
import { describeWithPage } from '../page/describe-page.ts';
import type { FakeContract } from '../page/fake-contract.ts';

const tell = (page: Page, payload: PayloadOf<'loads.happened'>) =>
  page.evaluate(
    (told) => (window as unknown as Pick<FakeContract, 'tell'>).tell('loads.happened', null, told),
    payload,
  );

describeWithPage('the status bar', (open) => {
  test('says on every screen why a load waits, once, and what has gone wrong with it', async () => {
    const page = await open({ scenario: 'full', place: '/events' });
    const bar = page.getByRole('status', { name: 'Status' });
    const waiting = {
      kind: 'waiting',
      loadId: 'a',
      step: 'index',
      reason: 'FAISS is started again.',
      untilMs: null,
    } as const;
    await tell(page, waiting);
    await bar.getByText('A load is waiting: FAISS is started again.').waitFor();
    // What is said again would be read aloud again.
    await bar.locator('span').evaluate((said) => said.setAttribute('data-first', ''));
    await tell(page, waiting);
    await page.waitForTimeout(100);
    expect(await bar.locator('span[data-first]').count()).toBe(1);
    await tell(page, {
      kind: 'problem',
      loadId: 'a',
      step: 'publish',
      error: { code: 'events.unreachable', message: 'Kafka does not answer.', hint: '', retryable: true },
    });
    await bar.getByText('A load has a problem: Kafka does not answer.').waitFor();
    expect(await bar.getAttribute('data-tone')).toBe('bad');
  });
});
