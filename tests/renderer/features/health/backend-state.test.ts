import { expect, test } from 'vitest';
import { askBackend } from '../../../../renderer/features/health/backend-state.ts';
import type { Bridge } from '../../../../renderer/lib/bridge.ts';

function bridgeThatAnswers(answer: () => Promise<unknown>): Bridge & { asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    request(route, input) {
      asked.push([route, input]);
      return answer();
    },
    on: () => () => {},
  };
}

test('a good answer means running', async () => {
  const about = { name: 'Accession', version: '1.0.0', nodeVersion: '24.0.0' };
  const bridge = bridgeThatAnswers(async () => ({ ok: true, value: about }));
  expect(await askBackend(bridge)).toEqual({ kind: 'running', about });
  expect(bridge.asked).toEqual([['app.about', {}]]);
});

test('an error answer is shown in its own words', async () => {
  const bridge = bridgeThatAnswers(async () => ({
    ok: false,
    error: { code: 'internal', message: 'It stopped.', hint: 'Try again.', retryable: true },
  }));
  expect(await askBackend(bridge)).toEqual({ kind: 'stopped', message: 'It stopped.', hint: 'Try again.' });
});

test.each([
  ['a rejected call', () => Promise.reject(new Error('gone'))],
  ['nothing', async () => undefined],
  ['an answer of another shape', async () => ({ ok: true, value: { name: 'Accession' } })],
])('%s counts as stopped', async (_what, answer) => {
  expect(await askBackend(bridgeThatAnswers(answer))).toMatchObject({ kind: 'stopped' });
});
