import { readdirSync, readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSheets, sheetAsCsv } from '../../../../electron/adapters/xlsx/workbook.ts';
import { csvText, fileFolder, inline, never, oneSheet } from './workbook-files.ts';

let folder: ReturnType<typeof fileFolder>;
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

const ROWS = 20_000;

function bigSheet(): string {
  const rows = Array.from(
    { length: ROWS },
    (_, at) => `<row><c t="s"><v>${at}</v></c>${inline(`Book ${at}`)}</row>`,
  );
  const strings = Array.from(
    { length: ROWS },
    (_, at) => `<si><t>${at} ünïque 本 ${'x'.repeat(300)}</t></si>`,
  );
  return folder.write(oneSheet(rows.join(''), { strings: strings.join('') }));
}

/** Of Linux; elsewhere nothing can be asked, and nothing is asserted. */
function openHandles(): number | null {
  if (process.platform !== 'linux') return null;
  return readdirSync('/proc/self/fd').filter((fd) => linkOf(fd).startsWith(folder.path)).length;
}

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString();
  return text;
}

async function expectClosed(): Promise<void> {
  // A stream that was stopped gives its file back a few turns later.
  for (let turn = 0; turn < 200 && openHandles() !== 0; turn += 1) await setImmediate();
  expect(openHandles() ?? 0).toBe(0);
}

describe('reading a large sheet', () => {
  it('comes in pieces, and every text is the one its cell names', async () => {
    const { chunks } = await sheetAsCsv(bigSheet(), null, never);
    let pieces = 0;
    let text = '';
    for await (const chunk of chunks) {
      pieces += 1;
      text += Buffer.from(chunk).toString();
    }
    const lines = text.split('\n');
    expect(lines).toHaveLength(ROWS + 1);
    const expected = (at: number) => `${at} ünïque 本 ${'x'.repeat(300)},Book ${at}`;
    expect(lines.slice(0, ROWS).findIndex((line, at) => line !== expected(at))).toBe(-1);
    expect(pieces).toBeGreaterThan(20);
    await expectClosed();
  });

  it('opens the file when it begins and closes it when it ends early', async () => {
    const path = bigSheet();
    const { chunks } = await sheetAsCsv(path, null, never);
    await expectClosed();
    const reading = chunks[Symbol.asyncIterator]();
    await reading.next();
    expect(openHandles() ?? 1).toBe(1);
    await reading.return?.();
    await expectClosed();
  });

  it('stops with the reason of the signal, and closes the file', async () => {
    const stop = new AbortController();
    const { chunks } = await sheetAsCsv(bigSheet(), null, stop.signal);
    const reading = chunks[Symbol.asyncIterator]();
    await reading.next();
    stop.abort(new Error('enough'));
    await expect(reading.next()).rejects.toThrow('enough');
    await expectClosed();
  });

  it('does not begin under a signal that is aborted already', async () => {
    const path = folder.write(oneSheet(`<row>${inline('a')}</row>`));
    const { chunks } = await sheetAsCsv(path, null, never);
    const stopped = AbortSignal.abort(new Error('enough'));
    await expect(listSheets(path, stopped)).rejects.toThrow('enough');
    await expect(sheetAsCsv(path, null, stopped)).rejects.toThrow('enough');
    expect(await csvText(path)).toBe('a\n');
    expect(await textOf(chunks)).toBe('a\n');
  });

  it('may be done again', async () => {
    const { chunks } = await sheetAsCsv(folder.write(oneSheet(`<row>${inline('a')}</row>`)), null, never);
    expect([await textOf(chunks), await textOf(chunks)]).toEqual(['a\n', 'a\n']);
  });

  it('closes a file that is refused', async () => {
    const damaged = folder.write(oneSheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"/>'));
    await expect(csvText(damaged)).rejects.toThrow('damaged workbook');
    await expectClosed();
    const torn = folder.write(oneSheet('<row/>').subarray(0, 300));
    await expect(listSheets(torn, never)).rejects.toThrow('damaged workbook');
    await expectClosed();
  });
});
