import type { Page } from 'playwright-core';
import { issueTitles } from '../../../renderer/texts/grid-issues.ts';
import type { Hand, Problem } from './hand.ts';
import { fixAll, mendAt, monthFirst, openFile } from './term-steps.ts';

/*
 * What is mended in the messy term before its first load; what this leaves is corrected in a workbook afterwards, or
 * stays rejected. tests/e2e/term/loaded-term.ts says what it comes to.
 */

const IN_READING_LEVEL = { title: issueTitles['value.not-a-number'], heading: 'Reading Level' };
const IN_GRADE = { title: issueTitles['value.not-a-number'], heading: 'Grade' };
const PROBLEMS = {
  five: { ...IN_GRADE, row: 4 },
  noTitle: { title: issueTitles['value.required'], heading: 'Title', row: 4 },
  band: { title: issueTitles['value.not-a-choice'], heading: 'Difficulty', row: 8 },
  invisible: { title: issueTitles['value.forbidden-character'], heading: 'Title', row: 12 },
  endless: { title: issueTitles['value.too-long'], heading: 'Genre', row: 13 },
  noBook: { title: issueTitles['reference.missing-book'], heading: 'book_id', row: 5 },
} as const satisfies Record<string, Problem>;

export async function mendTerm(page: Page, hand: Hand): Promise<void> {
  await mendBooks(page, hand);
  await mendStudents(page, hand);
  await mendCheckouts(page, hand);
}

export async function mendBooks(page: Page, hand: Hand): Promise<void> {
  await openFile(page, hand, 'books.csv');
  await fixAll(page, hand, { ...IN_READING_LEVEL, count: 2, cells: 2 });
  await mendAt(page, hand, PROBLEMS.noTitle, () => hand.type('The Nameless Heron'));
  await mendAt(page, hand, PROBLEMS.band, hand.takeSuggestion);
  await mendAt(page, hand, PROBLEMS.invisible, hand.takeSuggestion);
  await mendAt(page, hand, PROBLEMS.endless, hand.leaveRowOut);
}

export async function mendStudents(page: Page, hand: Hand): Promise<void> {
  await openFile(page, hand, 'students.csv');
  const rule = 'In Grade level, “Grade 4” means 4';
  await fixAll(page, hand, { ...IN_GRADE, count: 3, cells: 2, rule });
  await mendAt(page, hand, PROBLEMS.five, () => hand.type('5'));
}

export async function mendCheckouts(page: Page, hand: Hand): Promise<void> {
  await openFile(page, hand, 'checkouts.csv');
  await monthFirst(page, hand);
  await mendAt(page, hand, PROBLEMS.noBook, () => hand.type('B-03'));
}
