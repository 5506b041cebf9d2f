import { expect, test } from 'vitest';
import { summaryOf } from '../../../renderer/lib/report-lines.ts';
import { reportText } from '../../../renderer/lib/report-text.ts';
import { headlineOf } from '../../../renderer/lib/report-view.ts';
import { NO_CREDIT, REPORT, shownLoad } from '../page/fake-loads.ts';

const [BOOKS] = REPORT.files;

test('a report as text names what was written, what was not, and every part of the load', () => {
  const lines = reportText(shownLoad({}, { problems: [NO_CREDIT] }), 'Lincoln Elementary').split('\n');
  expect(lines[0]).toBe('Partly loaded');
  expect(lines[1]).toBe('2,501 rows were written into Lincoln Elementary. 12 rows were rejected.');
  expect(lines).toContain('Into     Lincoln Elementary');
  expect(lines).toContain(
    'File                       Rows    New  Changed  Unchanged  Rejected  Left out  Warnings',
  );
  expect(lines).toContain(
    'books.csv (Books)         9,886  1,204       57      8,610        12         3        41',
  );
  expect(lines).toContain(
    'All files                11,126  1,290    1,211      8,610        12         3        41',
  );
  expect(lines.some((line) => /^Started {2}\w{3}, Nov \d+, 2026, \d+:40 [AP]M$/.test(line))).toBe(true);
  expect(lines).toContain('  1,249 texts embedded with text-embedding-3-small');
  expect(lines).toContain('  261,440 tokens, less than $0.01');
  expect(lines).toContain('  2,501 sent');
  expect(lines).toContain('  In all       1 min 14 s');
  expect(lines).toContain(`  ${NO_CREDIT.message} ${NO_CREDIT.hint}`);
});

test('a load that only found what was there already says that there was nothing to do', () => {
  const file = {
    ...REPORT.files[0],
    ...BOOKS,
    inserted: 0,
    updated: 0,
    rejected: 0,
  } as (typeof REPORT.files)[0];
  expect(headlineOf(shownLoad({}, { status: 'loaded', files: [file] }))).toBe('nothingNew');
});

test('a stopped load says what was kept and that it can go on', () => {
  expect(summaryOf(shownLoad({ resumable: true }, { status: 'stopped' }), 'Lincoln')).toBe(
    '2,501 rows were written into Lincoln. 12 rows were rejected. What is whole was kept. It can go on where it stopped.',
  );
});

test('a load without a report is not called loaded', () => {
  const shown = shownLoad({ report: null });
  const cut = { ...shown, load: { ...shown.load, status: 'committing' } };
  expect(headlineOf(cut)).toBe('unfinished');
  const failed = { ...shown, load: { ...shown.load, status: 'failed' } };
  expect(summaryOf(failed, null)).toBe('It ended before it had anything to report.');
});
