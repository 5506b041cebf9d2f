import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { issueTitles } from '../../../renderer/texts/grid-issues.ts';
import { shellTexts } from '../../../renderer/texts/shell.ts';
import type { IssueCode } from '../../../shared/records/types.ts';
import { builtApp } from '../../electron-stand-in/built-app.ts';
import { type Door, type DoorKind, doors } from './doors.ts';
import type { Hand } from './hand.ts';
import { keyboard } from './keyboard.ts';
import { mouse } from './mouse.ts';
import { beginLoad, mendAt, monthFirst, openFile, reportOf, review, waitForReady } from './term-steps.ts';

const MOST_ACTIONS = 40;

for (const kind of doors()) {
  const name = `the sample term against the stopwatch, in ${kind.name}`;
  if (kind.missing === null) describe(name, () => inDoor(kind));
  else describe.skip(`${name} (skipped: ${kind.missing})`, () => inDoor(kind));
}

function inDoor(kind: DoorKind): void {
  vi.setConfig({ testTimeout: 120_000 });
  let home: string;
  let door: Door;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'accession-stopwatch-'));
    door = await kind.open({ appDir: builtApp(), home, account: null });
    door.page.setDefaultTimeout(15_000);
    await door.page.getByText(shellTexts.connection.open, { exact: true }).waitFor();
  });
  afterAll(async () => {
    await door?.close();
    rmSync(home, { recursive: true, force: true });
  });

  test(`every mistake in it is mended or left out, and all else loaded, in fewer than ${MOST_ACTIONS} actions`, async () => {
    const { page } = door;
    const hand = librarian(door);
    const at = (code: IssueCode, heading: string, row: number, mend: () => Promise<void>): Promise<void> =>
      mendAt(page, hand, { title: issueTitles[code], heading, row }, mend);
    await countActions(page);
    const beganAt = Date.now();

    await hand.press(page.getByRole('button', { name: 'Try it with a sample term' }));
    await waitForReady(page, 308);
    await at('value.required', 'title', 40, () => hand.type('The Lighthouse Cat'));
    await at('key.repeated', 'book_id', 65, hand.leaveRowOut);
    await at('value.not-a-number', 'reading_level', 74, () => hand.type('5'));
    await atRow(page, 'Too many cells', hand);

    await openFile(page, hand, 'students.csv');
    await at('value.not-a-number', 'grade_level', 23, hand.takeSuggestion);
    await at('value.out-of-range', 'age', 29, () => hand.type('11'));
    await at('value.not-whole', 'prior_year_reading_score', 36, () => hand.type('4'));

    await openFile(page, hand, 'checkouts.csv');
    await monthFirst(page, hand);
    await at('value.out-of-range', 'student_rating', 13, () => hand.type('5'));
    await at('value.not-whole', 'student_rating', 35, () => hand.type('4'));
    await at('return.before-checkout', 'return_date', 53, () => page.keyboard.press('Delete'));
    await at('reference.missing-book', 'book_id', 74, hand.leaveRowOut);
    await at('reference.missing-student', 'student_id', 97, hand.leaveRowOut);

    expect(await review(page, hand)).toEqual({
      'books.csv': [119, 0, 0, 0, 2],
      'students.csv': [40, 0, 0, 0, 0],
      'checkouts.csv': [158, 0, 0, 0, 2],
    });
    await beginLoad(page, hand, 'Load 317 rows into the built-in sandbox', null);
    expect(await reportOf(page)).toEqual({
      'books.csv': [121, 119, 0, 0, 0, 2, 7],
      'students.csv': [40, 40, 0, 0, 0, 0, 1],
      'checkouts.csv': [160, 158, 0, 0, 0, 2, 1],
    });
    const actions = await actionsSoFar(page);
    const seconds = ((Date.now() - beganAt) / 1000).toFixed(1);
    process.stdout.write(`\nThe sample term, in ${kind.name}: ${actions} actions, ${seconds} s by script.\n`);
    expect(actions).toBeLessThan(MOST_ACTIONS);
  });
}

/** Goes about with the mouse, and types where it is the shorter way. */
function librarian(door: Door): Hand {
  const { type, takeSuggestion, leaveRowOut } = keyboard(door);
  return { ...mouse(door), type, takeSuggestion, leaveRowOut };
}

/** Leaves out the row of a problem that is none of a cell. */
async function atRow(page: Page, title: string, hand: Hand): Promise<void> {
  const problem = page.locator('.grid-group').filter({ hasText: title });
  await hand.press(problem.getByRole('button', { name: 'Go to first' }));
  await page.locator('.grid-number.grid-cell-active').waitFor();
  await hand.leaveRowOut();
  await problem.waitFor({ state: 'detached' });
}

/**
 * Has the page count what is done on it: each press of a button of the mouse, each key, and each text that is typed
 * in one go. Keys that are only held down with others are a part of these.
 */
async function countActions(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tally = { actions: 0 };
    Object.assign(window, { tally });
    let isTyping = false;
    const count = (): void => {
      tally.actions += 1;
      isTyping = false;
    };
    window.addEventListener('pointerdown', count, true);
    window.addEventListener(
      'keydown',
      ({ key, ctrlKey }) => {
        if (['Control', 'Shift', 'Alt', 'Meta'].includes(key)) return;
        const isText = key.length === 1 && !ctrlKey;
        if (isText && isTyping) return;
        count();
        isTyping = isText;
      },
      true,
    );
  });
}

function actionsSoFar(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { tally: { actions: number } }).tally.actions);
}
