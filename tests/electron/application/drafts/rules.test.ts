import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { BOOKS, CHECKOUTS, draftBench, fileOf, STUDENTS } from './draft-bench.ts';

let teachable = true;
const bench = draftBench({
  change: (ports) => ({
    ...ports,
    rules: {
      ...ports.rules,
      async teach(rules, signal) {
        if (!teachable)
          throw new AppError({ code: 'mapping.unwritable', message: 'Not written.', hint: 'Make room.' });
        await ports.rules.teach(rules, signal);
      },
    },
  }),
});

const GRADES = `${STUDENTS}S1,Grade 4,9,Ms. Okafor,1\nS2,fifth,9,Ms. Okafor,1\nS3,Grade 4,9,Ms. Okafor,1\n`;
const ALL_GRADES = {
  kind: 'suggestions',
  code: 'value.not-a-number',
  column: 'grade_level',
  value: null,
} as const;

async function students(text = GRADES): Promise<{ draftId: string; fileNo: number }> {
  const draft = await bench.open({ 'students.csv': text });
  return { draftId: draft.draftId, fileNo: fileOf(draft, 'students.csv').fileNo };
}

async function taught(): Promise<string[]> {
  const { rules } = await bench.ask('rules.list', {});
  return rules.map(({ type, label }) => `${type}: ${label}`);
}

async function grades(file: { draftId: string; fileNo: number }): Promise<(string | undefined)[]> {
  return (await bench.rows(file.draftId, file.fileNo)).map(({ cells }) => cells[1]);
}

describe('a rule', () => {
  it('is taught with the suggestion that is applied to all alike, and told before in words', async () => {
    const file = await students();
    const bulk = { ...ALL_GRADES, value: 'Grade 4' };
    expect((await bench.ask('drafts.plan', { ...file, bulk })).rules).toEqual([
      'In Grade level, “Grade 4” means 4',
    ]);
    await bench.ask('drafts.apply', { ...file, bulk, teach: true });
    expect(await taught()).toEqual(['students: In Grade level, “Grade 4” means 4']);
  });

  it('is not taught where nobody asked for it', async () => {
    await bench.ask('drafts.apply', { ...(await students()), bulk: ALL_GRADES });
    expect(await taught()).toEqual([]);
  });

  it('is taught by replacing whole cells, and by nothing that replaces parts of them', async () => {
    const file = await students();
    const replace = { kind: 'replace', position: 1, replacement: '5', matchCase: false } as const;
    const teach = (find: string, whole: boolean) =>
      bench.ask('drafts.apply', { ...file, bulk: { ...replace, find, whole }, teach: true });
    await teach('Grade ', false);
    expect(await taught()).toEqual([]);
    await teach('fifth', true);
    expect(await taught()).toEqual(['students: In Grade level, “fifth” means 5']);
  });

  it('is done in the next file as one operation that can be undone, its cells counted', async () => {
    await bench.ask('drafts.apply', {
      ...(await students()),
      bulk: { kind: 'replace', position: 1, find: 'fifth', replacement: '5', whole: true, matchCase: true },
      teach: true,
    });
    const next = await bench.open({
      'next.csv': `${STUDENTS}S7, FIFTH ,9,Ms. Okafor,1\nS8,fifth,9,Ms. Okafor,1\nS9,fifth grade,9,Ms. Okafor,1\n`,
    });
    const file = { draftId: next.draftId, fileNo: fileOf(next, 'next.csv').fileNo };
    expect(await grades(file)).toEqual(['5', '5', 'fifth grade']);
    expect(next.files[0]).toMatchObject({
      accepted: 2,
      rejected: 1,
      editedCells: 2,
      rulesApplied: [{ column: 'grade_level', label: 'In Grade level, “fifth” means 5', cells: 2 }],
    });
    expect(next.undo).toBe('As you taught: 2 cells of Grade level');
    await bench.ask('drafts.undo', { draftId: next.draftId });
    expect(await grades(file)).toEqual([' FIFTH ', 'fifth', 'fifth grade']);
  });

  it('does not come back once it was undone, after a restart neither', async () => {
    await bench.ask('drafts.apply', { ...(await students()), bulk: ALL_GRADES, teach: true });
    const file = await students();
    expect(await grades(file)).toEqual(['4', 'fifth', '4']);
    await bench.ask('drafts.undo', { draftId: file.draftId });
    await bench.restart();
    const { undo, redo } = await bench.ready(file.draftId);
    expect([undo, redo]).toEqual([null, 'As you taught: 2 cells of Grade level']);
    expect(await grades(file)).toEqual(['Grade 4', 'fifth', 'Grade 4']);
  });

  it('is not done any more once it was removed', async () => {
    await bench.ask('drafts.apply', { ...(await students()), bulk: ALL_GRADES, teach: true });
    const { rules } = await bench.ask('rules.list', {});
    await bench.ask('rules.remove', { ruleIds: rules.map(({ ruleId }) => ruleId) });
    expect(await taught()).toEqual([]);
    expect(await grades(await students())).toEqual(['Grade 4', 'fifth', 'Grade 4']);
  });

  it('is of one kind of file and one column', async () => {
    const draft = await bench.open({ 'books.csv': `${BOOKS}B1,unknown,unknown\n` });
    const file = { draftId: draft.draftId, fileNo: fileOf(draft, 'books.csv').fileNo };
    const bulk = {
      kind: 'replace',
      position: 2,
      find: 'unknown',
      replacement: '',
      whole: true,
      matchCase: false,
    } as const;
    await bench.ask('drafts.apply', { ...file, bulk, teach: true });
    const next = await bench.open({
      'more.csv': `${BOOKS}B2,unknown,unknown\n`,
      'students.csv': `${STUDENTS}S1,4,9,unknown,1\n`,
    });
    const cells = await Promise.all(
      next.files.map(async ({ fileNo }) => (await bench.rows(next.draftId, fileNo))[0]?.cells),
    );
    expect(cells).toEqual([
      ['B2', 'unknown', ''],
      ['S1', '4', '9', 'unknown', '1'],
    ]);
  });

  it('is of its own kind of file where another has a column of that name', async () => {
    const file = await students();
    const bulk = { kind: 'replace', position: 0, find: 'S1', replacement: 'S-1', whole: true } as const;
    await bench.ask('drafts.apply', { ...file, bulk: { ...bulk, matchCase: true }, teach: true });
    const next = await bench.open({ 'checkouts.csv': `${CHECKOUTS}S1,B1,2026-09-01\n` });
    expect((await bench.rows(next.draftId, 0))[0]?.cells[0]).toBe('S1');
    expect(next.undo).toBeNull();
  });

  it('is told by what it was used for, and done though another column is not of cells', async () => {
    const file = await students();
    const teach = (position: number, find: string, replacement: string) =>
      bench.ask('drafts.apply', {
        ...file,
        bulk: { kind: 'replace', position, find, replacement, whole: true, matchCase: false },
        teach: true,
      });
    await teach(3, 'Ms. Okafor', 'Okafor');
    await teach(1, 'Grade 4', '4');
    await teach(1, 'fifth', '5');
    const shape = 'student_id,grade,age,teacher,lunch_period\n';
    const first = await bench.open({ 'first.csv': `${shape}S1,4,9,,1\n` });
    const { draftId } = first;
    const { mapping } = await bench.ask('drafts.columns', { draftId, fileNo: 0 });
    const columns = { ...mapping.columns, homeroom_teacher: { constant: 'Ms. Okafor' } };
    await bench.ask('drafts.read', { draftId, fileNo: 0, mapping: { ...mapping, columns } });
    await bench.ready(draftId);
    const next = await bench.open({ 'next.csv': `${shape}S2,fifth,9,,1\n` });
    expect(next.files[0]).toMatchObject({
      remembered: true,
      rulesApplied: [{ column: 'grade_level', label: 'In Grade level, “fifth” means 5', cells: 1 }],
    });
  });

  it('is neither taught of nor done in a column that is worked out from another', async () => {
    await bench.ask('drafts.apply', {
      ...(await students()),
      bulk: { kind: 'replace', position: 1, find: 'fifth', replacement: '5', whole: true, matchCase: true },
      teach: true,
    });
    const opened = await bench.open({
      'students.csv': 'student_id,grad,age,homeroom_teacher,lunch_period\nS1,fifth,9,Ms. Okafor,1\n',
    });
    const { draftId } = opened;
    const { fileNo } = fileOf(opened, 'students.csv');
    const mapping = {
      version: 1,
      type: 'students',
      columns: { grade_level: { from: 'grad', derive: 'grade-from-graduation-year', schoolYearEnds: 2027 } },
    } as const;
    await bench.ask('drafts.read', { draftId, fileNo, mapping });
    expect((await bench.ready(draftId)).files[0]).toMatchObject({ state: 'checked', rulesApplied: [] });
    const bulk = {
      kind: 'replace',
      position: 1,
      find: 'fifth',
      replacement: '2034',
      whole: true,
      matchCase: false,
    } as const;
    expect(await bench.ask('drafts.plan', { draftId, fileNo, bulk })).toMatchObject({ cells: 1, rules: [] });
  });

  it('for the same text replaces the earlier one', async () => {
    const file = await students();
    for (const [find, replacement] of [
      ['fifth', '5'],
      ['5', 'fifth'],
      ['FIFTH', '6'],
    ] as const)
      await bench.ask('drafts.apply', {
        ...file,
        bulk: { kind: 'replace', position: 1, find, replacement, whole: true, matchCase: false },
        teach: true,
      });
    expect(await taught()).toEqual([
      'students: In Grade level, “5” means fifth',
      'students: In Grade level, “FIFTH” means 6',
    ]);
  });
});

describe('teaching', () => {
  /** As many different texts as students, and a number in each. */
  const manyTexts = (n: number): string => {
    const word = (i: number): string =>
      `${String.fromCharCode(97 + (i % 26))}${'x'.repeat(Math.floor(i / 26))}`;
    const rows = Array.from({ length: n }, (_, i) => `S${i},${word(i)} 4,9,Ms. Okafor,1`);
    return `${STUDENTS}${rows.join('\n')}\n`;
  };

  it('takes 200 different texts for a vocabulary, and 201 for none', async () => {
    for (const [n, rules] of [
      [200, 50],
      [201, 0],
    ] as const) {
      const file = await students(manyTexts(n));
      const plan = await bench.ask('drafts.plan', { ...file, bulk: ALL_GRADES });
      expect([plan.cells, plan.rules.length]).toEqual([n, rules]);
    }
  });

  it('takes no text for a word that is longer than issues tell', async () => {
    const text = `${'x'.repeat(200)} 4`;
    const file = await students(`${STUDENTS}S1,${text},9,Ms. Okafor,1\nS2,Grade 5,9,Ms. Okafor,1\n`);
    const plan = await bench.ask('drafts.plan', { ...file, bulk: ALL_GRADES });
    expect([plan.cells, plan.rules]).toEqual([2, ['In Grade level, “Grade 5” means 5']]);
  });

  it('that cannot be written down leaves what was done, and is told', async () => {
    teachable = false;
    try {
      const file = await students();
      const { outcome } = await bench.ask('drafts.apply', { ...file, bulk: ALL_GRADES, teach: true });
      expect(outcome?.cells).toBe(2);
      expect(bench.world.notices.splice(0)).toEqual(['Not written. Make room.']);
    } finally {
      teachable = true;
    }
  });
});
