import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { CHECKOUTS, draftBench, fileOf, onlyKnownIds, STUDENTS } from './draft-bench.ts';

const OTHER = '3f6d2c1e-1111-4222-8333-444455556666';

let answers: boolean;
let asked: string[];
let openable: boolean;
beforeEach(() => {
  answers = true;
  openable = true;
  asked = [];
});

const bench = draftBench({
  database: () =>
    onlyKnownIds(async (type, ids) => {
      asked.push(`${type} ${ids.join(' ')}`);
      if (!answers)
        throw new AppError({ code: 'db.unreachable', message: 'It does not answer.', hint: 'Wait.' });
      return new Set(ids.filter((id) => id === 'B1' || id === 'S1'));
    }),
  targetOf: (profileId) => {
    if (!openable) throw new AppError({ code: 'profile.unknown', message: 'It is gone.', hint: 'Choose.' });
    return profileId === null ? {} : { name: 'Lincoln Elementary' };
  },
});

const LOANS = `${CHECKOUTS}S1,B1,2026-09-01\nS9,B1,2026-09-02\nS1,B9,2026-09-03\n`;
const MISSING = ['2 reference.missing-student student_id', '3 reference.missing-book book_id'];

describe('a database that answers', () => {
  it('knows the books and students that no file has, each asked for once', async () => {
    const draft = await bench.open({ 'checkouts.csv': LOANS });
    const { fileNo } = fileOf(draft, 'checkouts.csv');
    expect(await bench.issues(draft.draftId, fileNo)).toEqual(MISSING);
    expect(draft.lookup).toEqual({ kind: 'asked' });
    expect(asked.toSorted()).toEqual(['books B1 B9', 'students S1 S9']);
  });

  it('is asked again about what an edit names', async () => {
    const draft = await bench.open({ 'checkouts.csv': LOANS });
    asked = [];
    await bench.edit(draft.draftId, 0, 3, 1, 'B1');
    expect(asked).toContain('books B1');
    expect(await bench.issues(draft.draftId, 0)).toEqual([MISSING[0]]);
  });

  it('is not asked where no file names anything', async () => {
    const draft = await bench.open({ 'students.csv': `${STUDENTS}S1,4,9,Ms. Okafor,1\n` });
    expect([draft.lookup.kind, asked]).toEqual(['not-asked', []]);
  });
});

describe('a database that does not answer', () => {
  it('holds up no file: what the files themselves tell is told, and why the rest is not', async () => {
    answers = false;
    const draft = await bench.open({
      'checkouts.csv': LOANS,
      'students.csv': `${STUDENTS}S1,4,9,Ms. Okafor,1\nS2,four,9,Ms. Okafor,1\n`,
    });
    expect(draft.files.map(({ name, state, accepted }) => [name, state, accepted])).toEqual([
      ['students.csv', 'checked', 1],
      ['checkouts.csv', 'checked', 2],
    ]);
    expect(draft.lookup).toEqual({
      kind: 'failed',
      error: { code: 'db.unreachable', message: 'It does not answer.', hint: 'Wait.', retryable: false },
    });
    expect(await bench.issues(draft.draftId, fileOf(draft, 'checkouts.csv').fileNo)).toEqual([MISSING[0]]);
  });

  it('does not keep anybody from mending, and is not waited for with every edit', async () => {
    const draft = await bench.open({ 'checkouts.csv': LOANS });
    answers = false;
    await bench.edit(draft.draftId, 0, 3, 1, 'B7');
    expect((await bench.rows(draft.draftId, 0))[2]).toMatchObject({ cells: ['S1', 'B7', '2026-09-03'] });
    expect((await bench.ready(draft.draftId)).lookup.kind).toBe('failed');
    asked = [];
    await bench.edit(draft.draftId, 0, 3, 1, 'B8');
    expect(asked).toEqual([]);
  });

  it('is asked again once a target is chosen', async () => {
    answers = false;
    const { draftId } = await bench.open({ 'checkouts.csv': LOANS });
    expect(await bench.issues(draftId, 0)).toEqual([]);
    answers = true;
    const { draft } = await bench.ask('drafts.target', { draftId, profileId: OTHER });
    expect([draft.lookup.kind, draft.profile, draft.profileId]).toEqual([
      'asked',
      'Lincoln Elementary',
      OTHER,
    ]);
    expect(await bench.issues(draftId, 0)).toEqual(MISSING);
    await bench.restart();
    expect((await bench.ready(draftId)).profileId).toBe(OTHER);
  });

  it('is taken for production where it cannot be opened, whatever the one before was', async () => {
    const { draftId, profileKind } = await bench.open({ 'checkouts.csv': LOANS });
    openable = false;
    const { draft } = await bench.ask('drafts.target', { draftId, profileId: OTHER });
    expect([profileKind, draft.profileKind, draft.profile]).toEqual(['sandbox', 'production', '']);
  });

  it('is asked again once the profiles were changed', async () => {
    answers = false;
    const { draftId } = await bench.open({ 'checkouts.csv': LOANS });
    answers = true;
    bench.process.desk.profilesChanged();
    await expect.poll(async () => (await bench.ready(draftId)).lookup.kind).toBe('asked');
    expect(await bench.issues(draftId, 0)).toEqual(MISSING);
  });
});

describe('a profile that is not there', () => {
  it('leaves the files to be looked at, under the strictest rules', async () => {
    openable = false;
    const draft = await bench.open({ 'checkouts.csv': LOANS });
    expect(draft.files[0]).toMatchObject({ state: 'checked', accepted: 3 });
    expect(draft.lookup).toMatchObject({ kind: 'failed', error: { code: 'profile.unknown' } });
    expect([draft.profile, draft.profileKind]).toEqual(['', 'production']);
    expect(await bench.refusal('drafts.load', { draftId: draft.draftId })).toBe('profile.unknown');
  });
});
