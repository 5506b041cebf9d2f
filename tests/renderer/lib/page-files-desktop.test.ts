import { expect, test } from 'vitest';
import type { FilesBridge } from '../../../renderer/lib/bridge.ts';
import { desktopPageFiles } from '../../../renderer/lib/page-files-desktop.ts';

const books = { id: 'id-1', name: 'books.csv', sizeBytes: 14 };
const gone = {
  name: 'gone.csv',
  error: { code: 'file.missing', message: 'It is gone.', hint: 'Choose it again.', retryable: false },
};

function bridge(answers: Partial<FilesBridge>): FilesBridge {
  return { take: async () => null, choose: async () => null, onOpened: () => () => {}, ...answers };
}

test('what the desktop took and refused comes as files and as words', async () => {
  const files = desktopPageFiles(bridge({ choose: async () => ({ files: [books], refused: [gone] }) }));
  expect(await files.choose()).toEqual({
    files: [books],
    refused: [{ name: 'gone.csv', message: 'It is gone.', hint: 'Choose it again.' }],
  });
});

test('more files than the desktop takes at once go to it in portions', async () => {
  const portions: number[] = [];
  const files = desktopPageFiles(
    bridge({
      async take(some) {
        portions.push(some.length);
        return { files: some.map(({ name }) => ({ id: name, name, sizeBytes: 0 })), refused: [] };
      },
    }),
  );
  const many = Array.from({ length: 2_001 }, (_, n) => new File([], `${n}.csv`));
  expect((await files.take(many)).files.at(-1)?.name).toBe('2000.csv');
  expect(portions).toEqual([1_000, 1_000, 1]);
});

test('an answer that is none refuses every file in words', async () => {
  const taken = await desktopPageFiles(bridge({})).take([new File([], 'books.csv')]);
  expect(taken.files).toEqual([]);
  expect(taken.refused).toMatchObject([
    { name: 'books.csv', hint: expect.stringContaining('Reload the page') },
  ]);
});

test('an aborted signal rejects with its reason', async () => {
  const files = desktopPageFiles(bridge({ take: async () => ({ files: [books], refused: [] }) }));
  const reason = new Error('enough');
  await expect(files.take([new File([], 'a.csv')], undefined, AbortSignal.abort(reason))).rejects.toBe(
    reason,
  );
});

test('files that were opened from outside are told, and nonsense is not', () => {
  let tell: (opened: unknown) => void = () => {};
  const files = desktopPageFiles(
    bridge({
      onOpened(listener) {
        tell = listener;
        return () => {};
      },
    }),
  );
  const heard: unknown[] = [];
  files.onOpened((opened) => heard.push(opened));
  tell({ files: [books], refused: [] });
  tell({ files: 7 });
  expect(heard).toEqual([{ files: [books], refused: [] }]);
});
