import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultSize, openingBounds, parseWindowState } from '../../../electron/main/window-state.ts';
import { windowStateFile } from '../../../electron/main/window-state-file.ts';

const laptop = { x: 0, y: 0, width: 1440, height: 860 };
const beamer = { x: 1440, y: -200, width: 1920, height: 1040 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

describe('the window opens', () => {
  test('where it stood, on whichever screen that is', () => {
    expect(openingBounds(at(100, 50), [laptop, beamer])).toEqual(at(100, 50).bounds);
    expect(openingBounds(at(1600, -100), [laptop, beamer])).toEqual(at(1600, -100).bounds);
  });

  test('in the middle of the main screen when the other screen has been unplugged', () => {
    expect(openingBounds(at(1600, -100), [laptop])).toEqual({ x: 220, y: 80, width: 1000, height: 700 });
  });

  test.each([
    ['its title bar is above the screen', at(100, -40)],
    ['its title bar is below the screen', at(100, 850)],
    ['a sliver of it is on the right', at(1400, 100)],
    ['a sliver of it is on the left', at(-950, 100)],
  ])('in the middle when %s', (_what, saved) => {
    expect(openingBounds(saved, [laptop])).toMatchObject({ x: 220, y: 80 });
  });

  test('no larger than the screen it is on', () => {
    expect(openingBounds(at(0, 0, 3000, 2000), [laptop])).toEqual({ x: 0, y: 0, width: 1440, height: 860 });
  });

  test('in its first size in the middle, the first time', () => {
    expect(openingBounds(null, [laptop])).toEqual({ x: 200, y: 50, ...defaultSize });
  });

  test('in its first size where no screen is known', () => {
    expect(openingBounds(at(0, 0), [])).toEqual(defaultSize);
  });
});

describe('the file of the window’s state', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'accession-window-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('gives back what was written, and leaves nothing else behind', () => {
    const file = windowStateFile(join(dir, 'state.json'));
    file.write({ ...at(1, 2), maximized: true });
    expect(file.read()).toEqual({ ...at(1, 2), maximized: true });
    expect(readdirSync(dir)).toEqual(['state.json']);
  });

  test('costs nothing when it is missing, damaged or cannot be written', () => {
    const file = windowStateFile(join(dir, 'state.json'));
    expect(file.read()).toBeNull();
    writeFileSync(join(dir, 'state.json'), '{"bounds":');
    expect(file.read()).toBeNull();
    expect(() => windowStateFile(join(dir, 'no', 'folder.json')).write(at(0, 0))).not.toThrow();
  });

  test.each([
    'null',
    '[]',
    '{"bounds":{"x":0,"y":0,"width":1},"maximized":false}',
    '{"bounds":{"x":0,"y":0,"width":100,"height":1e9},"maximized":false}',
    '{"bounds":{"x":0.5,"y":0,"width":100,"height":100},"maximized":false}',
    '{"bounds":{"x":0,"y":0,"width":100,"height":100}}',
  ])('%s is no state', (text) => {
    expect(parseWindowState(text)).toBeNull();
  });
});
