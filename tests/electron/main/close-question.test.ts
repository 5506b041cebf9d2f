import { expect, test } from 'vitest';
import { closingGuard } from '../../../electron/main/close-question.ts';

function guard(answers: boolean[]) {
  const state = { loading: true, asked: 0, left: 0 };
  const { mayLeave } = closingGuard({
    isLoading: () => state.loading,
    ask: async () => {
      state.asked += 1;
      return answers.shift() ?? false;
    },
    leave: () => {
      state.left += 1;
    },
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { state, mayLeave, settled };
}

test('without a load the application goes unasked', () => {
  const { state, mayLeave } = guard([]);
  state.loading = false;
  expect(mayLeave()).toBe(true);
  expect(state.asked).toBe(0);
});

test('under a load it stays until somebody agrees, and then goes', async () => {
  const { state, mayLeave, settled } = guard([true]);
  expect(mayLeave()).toBe(false);
  await settled();
  expect(state.left).toBe(1);
  expect(mayLeave()).toBe(true);
  expect(state.asked).toBe(1);
});

test('it stays when the answer is no, and asks again the next time', async () => {
  const { state, mayLeave, settled } = guard([false, false]);
  expect(mayLeave()).toBe(false);
  await settled();
  expect(mayLeave()).toBe(false);
  await settled();
  expect(state).toMatchObject({ asked: 2, left: 0 });
});

test('one question at a time', () => {
  const { state, mayLeave } = guard([]);
  mayLeave();
  mayLeave();
  expect(state.asked).toBe(1);
});
