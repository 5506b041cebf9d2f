import { describe, expect, it } from 'vitest';
import type { LoadRow, LoadStatus } from '../../../electron/engine/database-port.ts';
import { type AlarmFigures, alarmsOf } from '../../../electron/engine/review-alarms.ts';
import type { RecordType } from '../../../shared/records/types.ts';

function load(
  files: readonly { type: RecordType; rows: number }[],
  status: LoadStatus = 'loaded',
  report: unknown = { files },
): LoadRow {
  return {
    loadId: 'l',
    correlationId: 'c',
    startedAt: new Date('2026-09-01T08:00:00Z'),
    files: [],
    options: { embed: true, publish: true, allOrNothing: false, rejectsDir: null },
    status,
    endedAt: null,
    report,
    error: null,
  };
}

const students = (rows: number): LoadRow => load([{ type: 'students', rows }]);

/** A file whose accepted rows are all unchanged. */
function figures(more: Partial<AlarmFigures>): AlarmFigures {
  const { rows = 0, inserted = 0, updated = 0, rejected = 0, skipped = 0 } = more;
  return {
    fileNo: 0,
    type: 'students',
    rows,
    inserted,
    updated,
    unchanged: rows - inserted - updated - rejected - skipped,
    rejected,
    skipped,
    ...more,
  };
}

const NONE: ReadonlySet<RecordType> = new Set();
const kinds = (...args: Parameters<typeof alarmsOf>): string[] => alarmsOf(...args).map(({ kind }) => kind);

describe('a file that is shorter or longer than usual', () => {
  const history = [students(1_240), students(1_300), students(1_200)];

  it('is told in a person’s words', () => {
    expect(alarmsOf([figures({ fileNo: 3, rows: 310 })], history, NONE)).toMatchObject([
      { kind: 'fewer-rows', fileNo: 3, message: 'Usually 1,240 students; this file has 310.' },
    ]);
    expect(alarmsOf([figures({ rows: 5_000 })], history, NONE)).toMatchObject([
      { kind: 'more-rows', message: 'Usually 1,240 students; this file has 5,000.' },
    ]);
  });

  it('is told below a half and above three times only', () => {
    expect(kinds([figures({ rows: 620 })], history, NONE)).toEqual([]);
    expect(kinds([figures({ rows: 619 })], history, NONE)).toEqual(['fewer-rows']);
    expect(kinds([figures({ rows: 3_720 })], history, NONE)).toEqual([]);
    expect(kinds([figures({ rows: 3_721 })], history, NONE)).toEqual(['more-rows']);
  });

  it('is measured by the median of the last five files of its kind', () => {
    const newest = [100, 100, 100, 5_000, 6_000].map(students);
    const older = [9_000, 9_000, 9_000].map(students);
    const others = [load([{ type: 'books', rows: 40 }]), load([{ type: 'checkouts', rows: 30 }])];
    const all = [...others, ...newest, ...older];
    expect(kinds([figures({ rows: 90 })], all, NONE)).toEqual([]);
    expect(kinds([figures({ rows: 49 })], all, NONE)).toEqual(['fewer-rows']);
    expect(kinds([figures({ rows: 24 })], [students(40), students(60)], NONE)).toEqual(['fewer-rows']);
    expect(kinds([figures({ rows: 25 })], [students(40), students(60)], NONE)).toEqual([]);
  });

  it('says of a single earlier load that it is the last one', () => {
    expect(alarmsOf([figures({ rows: 12 })], [students(40)], NONE)[0]?.message).toBe(
      'The last file had 40 students; this file has 12.',
    );
  });

  it('is not told without an earlier load, nor below twenty usual rows', () => {
    expect(kinds([figures({ rows: 1 })], [], NONE)).toEqual([]);
    expect(kinds([figures({ rows: 1 })], [students(19)], NONE)).toEqual([]);
    expect(kinds([figures({ rows: 1 })], [students(20)], NONE)).toEqual(['fewer-rows']);
  });

  it('is not measured by loads that failed, were stopped or have no report', () => {
    const unfit = [
      load([{ type: 'students', rows: 400 }], 'failed'),
      load([{ type: 'students', rows: 400 }], 'stopped'),
      load([], 'loaded', null),
      load([], 'loaded', {}),
    ];
    expect(kinds([figures({ rows: 1 })], unfit, NONE)).toEqual([]);
    expect(kinds([figures({ rows: 1 })], [load([{ type: 'students', rows: 400 }], 'partial')], NONE)).toEqual(
      ['fewer-rows'],
    );
  });
});

describe('a file whose every id is new', () => {
  const all = new Set<RecordType>(['books', 'students', 'checkouts']);

  it('is told where the table has rows already', () => {
    const file = figures({ rows: 12, inserted: 10, rejected: 2 });
    expect(alarmsOf([file], [], all)).toMatchObject([
      {
        kind: 'all-new',
        message: 'Every student id in this file is new, although the database has students already.',
      },
    ]);
    expect(kinds([file], [], new Set<RecordType>(['books']))).toEqual([]);
  });

  it('is not told of fewer than ten rows, nor where one is known', () => {
    expect(kinds([figures({ rows: 9, inserted: 9 })], [], all)).toEqual([]);
    expect(kinds([figures({ rows: 30, inserted: 29, updated: 1 })], [], all)).toEqual([]);
    expect(kinds([figures({ rows: 30, inserted: 29 })], [], all)).toEqual([]);
  });

  it('is as it should be for checkouts', () => {
    expect(kinds([figures({ type: 'checkouts', rows: 30, inserted: 30 })], [], all)).toEqual([]);
  });
});

describe('a file with many rejected rows', () => {
  it('is told from a fifth on, and from five rows on', () => {
    expect(alarmsOf([figures({ rows: 1_000, rejected: 200 })], [], NONE)).toMatchObject([
      { kind: 'many-rejected', message: '200 of 1,000 rows would be rejected.' },
    ]);
    expect(kinds([figures({ rows: 1_000, rejected: 199 })], [], NONE)).toEqual([]);
    expect(kinds([figures({ rows: 4, rejected: 4 })], [], NONE)).toEqual([]);
    expect(kinds([figures({ rows: 5, rejected: 5 })], [], NONE)).toEqual(['many-rejected']);
  });

  it('is measured by the rows that a person wants to load', () => {
    expect(alarmsOf([figures({ rows: 1_000, rejected: 20, skipped: 900 })], [], NONE)).toMatchObject([
      { kind: 'many-rejected', message: '20 of 100 rows would be rejected.' },
    ]);
  });
});
