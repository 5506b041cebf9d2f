import { expect, test } from 'vitest';
import { closingGuard, loadQuestion, unsavedQuestion } from '../../../electron/main/close-question.ts';

const unsaved = unsavedQuestion('Lincoln Elementary');

function guard(answers: boolean[]) {
  const asked: string[] = [];
  const left: string[] = [];
  const { mayLeave, forget } = closingGuard({
    ask: async ({ message }) => {
      asked.push(message);
      return answers.shift() ?? false;
    },
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const leave = () => void left.push('left');
  return { asked, left, mayLeave, forget, settled, leave };
}

test('without a question it goes unasked', () => {
  const { asked, mayLeave, leave } = guard([]);
  expect(mayLeave([], leave)).toBe(true);
  expect(asked).toEqual([]);
});

test('under a load it stays until somebody agrees, and then goes', async () => {
  const { asked, left, mayLeave, settled, leave } = guard([true]);
  expect(mayLeave([loadQuestion], leave)).toBe(false);
  await settled();
  expect(left).toEqual(['left']);
  expect(mayLeave([loadQuestion], leave)).toBe(true);
  expect(asked).toEqual(['A load is still running.']);
});

test('it stays when the answer is no, and asks again the next time', async () => {
  const { asked, left, mayLeave, settled, leave } = guard([false, false]);
  expect(mayLeave([loadQuestion], leave)).toBe(false);
  await settled();
  expect(mayLeave([loadQuestion], leave)).toBe(false);
  await settled();
  expect([asked.length, left.length]).toEqual([2, 0]);
});

test('what is not saved is asked about by name', () => {
  expect(unsaved).toMatchObject({
    message: 'There are changes to Lincoln Elementary that are not saved.',
    buttons: ['Keep editing', 'Close without saving'],
  });
});

test('one yes of two is none, and the first question comes again', async () => {
  const { asked, left, mayLeave, settled, leave } = guard([true, false, true, true]);
  mayLeave([unsaved, loadQuestion], leave);
  await settled();
  expect(left).toEqual([]);
  expect(mayLeave([unsaved, loadQuestion], leave)).toBe(false);
  await settled();
  expect(left).toEqual(['left']);
  expect(asked).toEqual([unsaved, loadQuestion, unsaved, loadQuestion].map(({ message }) => message));
});

test('what was agreed to for one window does not hold for the next', async () => {
  const { mayLeave, forget, settled, leave } = guard([true]);
  mayLeave([unsaved], leave);
  await settled();
  expect(mayLeave([unsaved], leave)).toBe(true);
  forget();
  expect(mayLeave([unsaved], leave)).toBe(false);
});

test('one question at a time', () => {
  const { asked, mayLeave, leave } = guard([]);
  mayLeave([loadQuestion], leave);
  mayLeave([loadQuestion], leave);
  expect(asked).toHaveLength(1);
});
