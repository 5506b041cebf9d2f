import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askHidden, askLine, readPiped } from '../../../electron/cli/ask-secret.ts';

/** A terminal's keyboard: what is typed on it, and the modes it was put into. */
function keyboard() {
  const modes: boolean[] = [];
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw),
  });
  return { stream, modes };
}

describe('asking for a secret', () => {
  it('shows none of it, and puts the terminal back', async () => {
    const { stream, modes } = keyboard();
    let shown = '';
    const answer = askHidden(stream, (text) => (shown += text), 'Password: ');
    for (const piece of ['hid', '\u001b[D', 'X\u007f', 'dën\r']) stream.write(piece);
    expect(await answer).toBe('hiddën');
    expect(shown).toBe('Password: \n');
    expect(modes).toEqual([true, false]);
  });

  it('takes Enter alone for nothing, and Ctrl-C for the end', async () => {
    const first = keyboard();
    const nothing = askHidden(first.stream, () => undefined, '');
    first.stream.write('\n');
    expect(await nothing).toBe('');
    const { stream, modes } = keyboard();
    const stopped = askHidden(stream, () => undefined, '');
    stream.write('hid\u0003');
    await expect(stopped).rejects.toMatchObject({ code: 'stopped' });
    expect(modes).toEqual([true, false]);
  });
});

describe('asking for a name', () => {
  it('shows what is typed', async () => {
    const { stream } = keyboard();
    let shown = '';
    const answer = askLine(stream, (text) => (shown += text), 'Name: ');
    stream.write('Linx\u007fcoln\r');
    expect(await answer).toBe('Lincoln');
    expect(shown).toBe('Name: Linx\b \bcoln\n');
  });
});

describe('a piped secret', () => {
  it('is taken whole, without the line break that echo ends it with', async () => {
    const stream = new PassThrough();
    stream.end('two\nlines\n');
    expect(await readPiped(stream)).toBe('two\nlines');
  });

  it('that is too long to be one is refused', async () => {
    const stream = new PassThrough();
    stream.end('x'.repeat(70_000));
    await expect(readPiped(stream)).rejects.toMatchObject({ code: 'usage.invalid' });
  });
});
