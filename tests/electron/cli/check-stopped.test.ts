import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { checkCommand } from '../../../electron/cli/commands/check.ts';
import { processTerminal } from '../../../electron/cli/terminal.ts';
import { compose } from '../../../electron/compose/compose.ts';
import { chooseProfile } from '../../../electron/compose/profile.ts';
import { tempDir } from '../settings-in-folder.ts';

const BOOKS = fileURLToPath(new URL('../../../shared/samples/books.csv', import.meta.url));

it('a check that is stopped speaks of no load', async () => {
  const composition = compose(chooseProfile({ ACCESSION_HOME: await tempDir() }, 'sandbox'), () => undefined);
  onTestFinished(() => composition.close());
  const context = {
    composition,
    terminal: { ...processTerminal({}), print: () => undefined, say: () => undefined },
    json: false,
    debug: false,
    signals: { stop: AbortSignal.abort(), abort: new AbortController().signal },
  };
  await expect(checkCommand(context, [BOOKS], { header: true, remembered: true })).rejects.toMatchObject({
    code: 'stopped',
    message: 'The check was stopped.',
    hint: 'Nothing was written.',
  });
});
