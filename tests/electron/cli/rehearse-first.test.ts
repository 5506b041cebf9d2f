import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadCommand } from '../../../electron/cli/commands/load.ts';
import { EXIT } from '../../../electron/cli/run-command.ts';
import { processTerminal, type Terminal } from '../../../electron/cli/terminal.ts';
import { compose } from '../../../electron/compose/compose.ts';
import { chooseProfile } from '../../../electron/compose/profile.ts';
import { profileSchema } from '../../../shared/settings/profile.ts';
import { accession } from '../../integration/command.ts';
import { tempDir } from '../settings-in-folder.ts';

const BOOKS = fileURLToPath(new URL('../../../shared/samples/books.csv', import.meta.url));
const OPTIONS = { embed: false, events: false, header: true, remembered: true } as Parameters<
  typeof loadCommand
>[2];
const NEVER = new AbortController().signal;

/** A sandbox whose profile wants its loads rehearsed, and somebody at the keyboard who types `answer`. */
async function bench(answer: string) {
  const profile = chooseProfile({ ACCESSION_HOME: await tempDir() }, 'sandbox');
  const saved = profileSchema.parse({
    id: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a01',
    name: 'Training',
    kind: 'sandbox',
    rehearseFirst: true,
  });
  const composition = compose({ ...profile, name: 'Training', saved }, () => undefined);
  onTestFinished(() => composition.close());
  const printed: string[] = [];
  const keyboard = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => true });
  const terminal: Terminal = {
    ...processTerminal({}),
    interactive: false,
    print: (text) => void printed.push(text),
    say: () => undefined,
    // Nobody types before there is a question.
    ask: (text) => void (text.startsWith('Type yes') && keyboard.write(answer)),
  };
  const context = {
    composition,
    terminal,
    json: false,
    debug: false,
    signals: { stop: NEVER, abort: NEVER },
  };
  const loads = async (): Promise<number> =>
    (await (await composition.database()).ledger.loads(10, NEVER)).length;
  return { context, keyboard, printed, loads };
}

describe('a load into a profile that wants its loads rehearsed first', () => {
  it('is shown before it writes, and writes once somebody said yes', async () => {
    const { context, keyboard, printed, loads } = await bench('yes\r');
    expect(await loadCommand(context, [BOOKS], OPTIONS, keyboard)).toBe(EXIT.rejected);
    expect(printed).toHaveLength(2);
    expect(await loads()).toBe(1);
  });

  it('writes nothing where somebody said anything else', async () => {
    const { context, keyboard, loads } = await bench('y\r');
    expect(await loadCommand(context, [BOOKS], OPTIONS, keyboard)).toBe(EXIT.stopped);
    expect(await loads()).toBe(0);
  });

  it('needs --yes where nobody can answer', async () => {
    const { context, keyboard, loads } = await bench('');
    const unattended = Object.assign(keyboard, { isTTY: false });
    await expect(loadCommand(context, [BOOKS], OPTIONS, unattended)).rejects.toMatchObject({
      code: 'usage.invalid',
      hint: expect.stringContaining('--yes'),
    });
    expect(await loads()).toBe(0);
    expect(await loadCommand(context, [BOOKS], { ...OPTIONS, yes: true }, unattended)).toBe(EXIT.rejected);
    expect(await loads()).toBe(1);
  });

  it('explains --yes', async () => {
    expect((await accession({ ACCESSION_HOME: await tempDir() }, 'load', '--help')).stdout).toContain(
      '--yes',
    );
  });
});
