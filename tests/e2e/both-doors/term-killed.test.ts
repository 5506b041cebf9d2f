import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { describeWith } from '../../services/available.ts';
import { AFTER_FIRST_LOAD, EVENTS } from '../term/loaded-term.ts';
import { type MessyTerm, writeMessyTerm } from '../term/messy-term.ts';
import { type DoorKind, doors } from './doors.ts';
import type { Hand } from './hand.ts';
import { mouse } from './mouse.ts';
import { openTermDoor, PROFILE, type TermDoor } from './term-door.ts';
import { mendBooks, mendCheckouts, mendStudents } from './term-mending.ts';
import { beginLoad, chooseTarget, openFile, reportOf, review, waitForReady } from './term-steps.ts';

/** The next backend waits until the lease of the one that was killed has run out. */
const TAKEN_UP_MS = 60_000;

describeWith(['postgresUrl', 'kafkaBrokers'], 'a messy term whose backend is killed', (services) => {
  for (const kind of doors()) {
    if (kind.missing === null) describe(`in ${kind.name}`, () => inDoor(kind, services));
    else describe.skip(`in ${kind.name} (skipped: ${kind.missing})`, () => inDoor(kind, services));
  }
});

function inDoor(kind: DoorKind, services: { postgresUrl: string; kafkaBrokers: string }): void {
  // Four times what it takes by itself: beside other tests a step may wait long.
  vi.setConfig({ testTimeout: 180_000 });
  let at: TermDoor;
  let hand: Hand;
  let term: MessyTerm;
  let isMended = false;

  beforeAll(async () => {
    at = await openTermDoor(kind, services);
    hand = mouse(at.door);
    const sent = join(at.folder, 'sent');
    mkdirSync(sent);
    term = writeMessyTerm(sent);
  });
  afterAll(() => at?.close());

  /** Where the page had to be opened anew, its files are among what was left open. */
  async function goOn(): Promise<void> {
    const { page } = at.door;
    const left = page.getByRole('link', { name: /^Go on with books\.csv/ });
    await left.or(page.locator('.draft, .load-view')).first().waitFor();
    if (await left.isVisible()) await hand.press(left);
  }

  test('while files are edited: afterwards every change is there, can be undone, and more can be made', async () => {
    const { door } = at;
    const { page } = door;
    await hand.bring([term.books, term.students, term.checkouts, term.noCheckouts]);
    await waitForReady(page, 12);
    await chooseTarget(page, hand, PROFILE);
    await waitForReady(page, 12);
    await mendBooks(page, hand);
    await waitForReady(page, 17);

    await door.killBackend();
    await goOn();
    await waitForReady(page, 17);
    await openFile(page, hand, 'books.csv');
    await page.getByText('5 cells changed', { exact: true }).waitFor();
    await page.getByText('1 left out', { exact: true }).first().waitFor();
    await page.getByRole('gridcell', { name: /^The Nameless Heron/ }).waitFor();
    await page.getByRole('button', { name: 'Undo: Left out row 13 (Ctrl+Z)' }).waitFor();

    await mendStudents(page, hand);
    await door.killBackend();
    await goOn();
    await mendCheckouts(page, hand);
    await waitForReady(page, 21);
    await hand.bring([term.lateStudents]);
    await waitForReady(page, 22);
    await openFile(page, hand, 'late students.xlsx');
    await page.getByText('What you taught changed 1 cell', { exact: true }).waitFor();
    isMended = true;
  });

  test('in the middle of a load: it is gone on with, and report and database agree', async (context) => {
    if (!isMended) return context.skip('nothing was mended');
    const { door, school } = at;
    const { page } = door;
    await review(page, hand);
    const release = await school.holdCheckouts();
    await beginLoad(page, hand, `Load 22 rows into ${PROFILE} – production`, PROFILE);
    await page.getByRole('heading', { name: `Loading into ${PROFILE}` }).waitFor();
    await vi.waitFor(
      async () => {
        const { catalog, students } = await school.rows();
        expect({ catalog, students }).toEqual({ ...AFTER_FIRST_LOAD, checkout: undefined });
      },
      { timeout: TAKEN_UP_MS, interval: 100 },
    );
    expect((await school.rows()).checkout, 'it is in the middle').toEqual([]);

    await door.killBackend();
    await release();
    await goOn();
    const watch = page.getByRole('button', { name: 'Watch the load' });
    const report = page.getByRole('article', { name: 'Report of the load' });
    await watch.or(report).waitFor({ timeout: TAKEN_UP_MS });
    if (await watch.isVisible()) await hand.press(watch);
    expect(await reportOf(page)).toEqual({
      'books.csv': [21, 13, 0, 0, 7, 1, 9],
      'students.csv': [7, 5, 0, 0, 2, 0, 2],
      'late students.xlsx': [1, 1, 0, 0, 0, 0, 1],
      'checkouts.csv': [7, 2, 0, 0, 5, 0, 2],
      'checkouts-may.csv': [0, 0, 0, 0, 0, 0, 1],
    });
    expect(await school.rows()).toEqual(AFTER_FIRST_LOAD);
    const { students } = await school.events();
    const ids = new Set(students.flatMap(({ value }) => value.student_id ?? []));
    expect([...ids].toSorted()).toEqual(EVENTS.studentIds);
  });
}
