import { expect, test } from 'vitest';
import {
  chooseFilesChannel,
  openedFilesChannel,
  pageFiles,
  takeFilesChannel,
} from '../../../electron/main/page-files.ts';
import type { ChosenFiles } from '../../../shared/desktop/notices.ts';

const page = { senderFrame: { url: 'app://accession/index.html' } };
const nothing: ChosenFiles = { files: [], refused: [] };
const named = (path: string) => ({ id: `id of ${path}`, name: path, sizeBytes: 1 });

function door() {
  const taken: string[] = [];
  let nudges = 0;
  const files = pageFiles({
    isTrusted: (sender) => sender === page,
    ids: {
      async take(paths) {
        taken.push(...paths);
        return { files: paths.map(named), refused: [] };
      },
      announceAll() {},
    },
    choose: async () => ['chosen.csv'],
    nudge: () => {
      nudges += 1;
    },
  });
  const invoke = (channel: string, sender: typeof page, input?: unknown) =>
    files.handlers[channel]?.(sender, input);
  return { files, taken, invoke, nudges: () => nudges };
}

test('dropped and chosen files come back as ids', async () => {
  const { invoke } = door();
  expect(await invoke(takeFilesChannel, page, ['a.csv'])).toEqual({ files: [named('a.csv')], refused: [] });
  expect(await invoke(chooseFilesChannel, page)).toEqual({ files: [named('chosen.csv')], refused: [] });
});

test('files that were opened before the page was there wait for it, and are handed over once', async () => {
  const { files, invoke, nudges } = door();
  await files.opened(['a.csv']);
  await files.opened(['b.csv', 'a.csv']);
  expect(nudges()).toBe(2);
  expect(await invoke(openedFilesChannel, page)).toEqual({
    files: [named('a.csv'), named('b.csv')],
    refused: [],
  });
  expect(await invoke(openedFilesChannel, page)).toEqual(nothing);
});

test.each([takeFilesChannel, chooseFilesChannel, openedFilesChannel])(
  'a stranger gets nothing from %s, and nothing is done for it',
  async (channel) => {
    const { files, taken, invoke } = door();
    await files.opened(['a.csv']);
    taken.length = 0;
    expect(await invoke(channel, { ...page }, ['b.csv'])).toEqual(nothing);
    expect(taken).toEqual([]);
    expect(await invoke(openedFilesChannel, page)).toEqual({ files: [named('a.csv')], refused: [] });
  },
);

test.each([[undefined], ['a.csv'], [[1]], [['']], [Array(1001).fill('a.csv')]])(
  'what is no list of paths takes nothing',
  async (input) => {
    const { taken, invoke } = door();
    expect(await invoke(takeFilesChannel, page, input)).toEqual(nothing);
    expect(taken).toEqual([]);
  },
);
