import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Ask, CanaryDoor } from './canary-door.ts';
import { type DraftParts, reviewAndLoad, rulesAgain, whereTheDatabaseFails } from './load-drafts.ts';
import type { MarkedFiles, MarkedSchool } from './marked-school.ts';
import { checked, type DraftFiles, numberOf, openDraft } from './open-draft.ts';

/**
 * Does everything that can be done with a draft, well and badly: with a term of marked students, into a sandbox and
 * where the database fails.
 */
export async function askDrafts(ask: Ask, door: CanaryDoor, parts: DraftParts): Promise<void> {
  const { files, lab, school } = parts;
  const term = [files.books, files.students, files.checkouts, files.damaged];
  const draftId = await openDraft(ask, door, lab, term);
  const byName = await checked(ask, draftId);
  await look(ask, draftId, byName, school);
  await mend(ask, draftId, byName, school);
  await readOtherwise(ask, draftId, byName, school);
  await comeAndGo(ask, door, draftId, byName, files);
  await paste(ask, draftId, school);
  await reviewAndLoad(ask, door, draftId, byName, lab);
  await whereTheDatabaseFails(ask, door, parts);
  await rulesAgain(ask, door, parts);
  await ask('drafts.list', {});
  await ask('drafts.discard', { draftId });
  await ask('drafts.discard', { draftId });
  const { draft } = await ask('drafts.openSamples', { profileId: null });
  await ask('drafts.discard', { draftId: draft.draftId });
  await ask('drafts.openSamples', { profileId: randomUUID(), more: school.misplaced.text });
}

async function look(ask: Ask, draftId: string, files: DraftFiles, school: MarkedSchool): Promise<void> {
  const { misplaced, students } = school;
  const text = misplaced.text;
  for (const fileNo of [...Object.values(files), 99]) {
    const own = { draftId, fileNo };
    await ask('drafts.rows', { ...own, from: 1, count: 100 });
    await ask('drafts.columns', own);
    await ask('drafts.damage', own);
    await ask('drafts.issues', { ...own, offset: 0, limit: 100 });
    await ask('drafts.issues', { ...own, offset: 0, limit: 100, code: 'value.required', column: text });
    await ask('drafts.nextProblem', { ...own, after: { row: 0, position: -1 } });
    await ask('drafts.nextProblem', { ...own, after: { row: 99, position: 9 }, backwards: true });
    await ask('drafts.find', { ...own, text: students.teacher.core, after: { row: 0, position: -1 } });
    await ask('drafts.find', { ...own, text, after: { row: 9, position: 0 }, backwards: true });
    for (const show of ['problems', 'errors', 'warnings', 'rejected', 'edited', 'skipped']) {
      const found = await ask('drafts.filter', { ...own, filter: { show, column: null } });
      if (found === undefined) continue;
      await ask('drafts.rows', { ...own, view: found.view, from: 0, count: 100 });
      await ask('drafts.place', { ...own, view: found.view, row: 2 });
    }
    await ask('drafts.filter', { ...own, filter: { show: 'problems', column: text } });
    await ask('drafts.filter', { ...own, filter: { show: 'problems', code: text } });
    await ask('drafts.rows', { ...own, view: text, from: 0, count: 100 });
    await ask('drafts.place', { ...own, view: text, row: 1 });
  }
}

async function mend(ask: Ask, draftId: string, files: DraftFiles, school: MarkedSchool): Promise<void> {
  const { teacher, student } = school.students;
  const own = { draftId, fileNo: numberOf(files, 'students.csv') };
  const damaged = { draftId, fileNo: numberOf(files, 'students-4.csv') };
  const checkouts = { draftId, fileNo: numberOf(files, 'checkouts.csv') };
  const edit = (...edits: object[]): Promise<unknown> => ask('drafts.edit', { ...own, edits });
  await edit({ row: 1, position: 3, text: `${teacher.text} and ${student.text}` });
  await edit({ row: 1, position: 3, text: `${teacher.text} and ${student.text}` });
  // The column that is headed by a name.
  await edit({ row: 2, position: 5, text: student.text });
  await ask('drafts.undo', { draftId });
  await ask('drafts.show', { draftId });
  await ask('drafts.redo', { draftId });
  await edit({ row: 3, position: 0, text: `${student.text}-z` }, { row: 2, position: 1, text: '4' });
  await edit({ row: 999, position: 0, text: teacher.text });
  await edit({ row: 1, position: 999, text: teacher.text });
  await edit({ row: 1, position: 3, text: { [teacher.text]: teacher.text } });
  await ask('drafts.skip', { ...own, rows: [1, 3], skipped: true });
  await ask('drafts.skip', { ...own, rows: [1, 3], skipped: false });
  await ask('drafts.skip', { ...own, rows: [999], skipped: true });
  for (const bulk of [
    {
      kind: 'replace',
      position: 3,
      find: teacher.text,
      replacement: student.text,
      whole: true,
      matchCase: false,
    },
    { kind: 'repair', position: 3, damage: 'mojibake' },
    { kind: 'skip', code: 'value.not-a-number', column: null },
    { kind: 'replace', position: 999, find: teacher.text, replacement: '', whole: false, matchCase: true },
    { kind: 'suggestions', code: 'value.not-a-number', column: 'grade_level', value: teacher.text },
    { kind: teacher.text, code: teacher.text },
  ]) {
    await ask('drafts.plan', { ...damaged, bulk });
    await ask('drafts.apply', { ...damaged, bulk, teach: true });
    await ask('drafts.operations', { draftId });
  }
  const dates = { kind: 'suggestions', code: 'value.date-order', column: 'checkout_date', value: null };
  await ask('drafts.plan', { ...checkouts, bulk: dates });
  await ask('drafts.apply', { ...checkouts, bulk: dates, teach: true });
  await ask('drafts.undo', { draftId });
  await ask('drafts.undo', { draftId });
  await ask('drafts.redo', { draftId });
  for (const { fileNo } of [own, damaged, checkouts])
    await ask('drafts.rows', { draftId, fileNo, from: 1, count: 100 });
  await ask('rules.list', {});
}

async function readOtherwise(
  ask: Ask,
  draftId: string,
  files: DraftFiles,
  school: MarkedSchool,
): Promise<void> {
  const { misplaced, students } = school;
  const { teacher } = students;
  const own = { draftId, fileNo: numberOf(files, 'students-4.csv') };
  const read = async (how: object): Promise<void> => {
    await ask('drafts.read', { ...own, ...how });
    await checked(ask, draftId);
    await ask('drafts.columns', own);
  };
  const mapping = (columns: object): object => ({ mapping: { version: 1, type: 'students', columns } });
  await read(mapping({ homeroom_teacher: { constant: teacher.text } }));
  // Headings and columns are called by their names; what else is entered is not.
  await read(mapping({ homeroom_teacher: 4, age: 'Years' }));
  await read(mapping({ years: 'age' }));
  await read(mapping({ age: { from: 'age', derive: 'age-on', date: misplaced.text } }));
  await read(mapping({ age: { constant: misplaced.text } }));
  await read(mapping({ age: { from: 'age', derive: misplaced.text } }));
  await read(mapping({ age: { [misplaced.text]: misplaced.text } }));
  await read({ mapping: { version: 2, type: misplaced.text, [misplaced.text]: misplaced.text } });
  await read({ dateOrders: { [misplaced.text]: misplaced.text } });
  await read({ mapping: null });
  await read({ type: 'books' });
  await read({ type: 'students' });
  await read({ header: false });
  for (const how of [{ delimiter: ';' }, { encoding: 'latin-99' }, { sheet: 'Class 4' }, { header: false }])
    await read({ ...how, loseEdits: true });
  await read({ header: true, delimiter: null, encoding: null, sheet: null, mapping: null, loseEdits: true });
}

/** Rejected rows leave as files and come back; a file comes whose headings are a student, and goes. */
async function comeAndGo(
  ask: Ask,
  door: CanaryDoor,
  draftId: string,
  files: DraftFiles,
  marked: MarkedFiles,
): Promise<void> {
  const own = { draftId, fileNo: numberOf(files, 'students.csv') };
  for (const format of ['csv', 'xlsx']) {
    const made = await ask('drafts.export', { ...own, format });
    const bytes: Buffer[] = [];
    for (let end = false, offset = 0; !end; ) {
      const piece = await ask('drafts.exportPiece', { draftId, exportId: made.exportId, offset });
      bytes.push(Buffer.from(piece.base64, 'base64'));
      offset += bytes.at(-1)?.length ?? 0;
      end = piece.end;
    }
    const path = join(dirname(marked.books), made.name);
    writeFileSync(path, Buffer.concat(bytes));
    const { merged } = await ask('drafts.add', { draftId, files: [await door.idOf(path)] });
    expect(merged).toHaveLength(1);
  }
  await ask('drafts.export', { draftId, fileNo: 99, format: 'csv' });
  await ask('drafts.exportPiece', { draftId, exportId: marked.books, offset: 0 });
  await ask('drafts.add', { draftId, files: ['file-guessed'] });
  const more = [marked.noHeading, marked.env, join(dirname(marked.books), 'students.rejected.csv')];
  const other = await openDraft(ask, door, null, more);
  await checked(ask, other);
  await ask('drafts.discard', { draftId: other });
  await ask('drafts.add', { draftId, files: [await door.idOf(marked.noHeading)] });
  const fileNo = numberOf(await checked(ask, draftId), 'students-2.csv');
  for (const how of [{ type: 'students' }, { header: false }, { header: true }]) {
    await ask('drafts.read', { draftId, fileNo, ...how, loseEdits: true });
    await checked(ask, draftId);
    await ask('drafts.rows', { draftId, fileNo, from: 1, count: 10 });
  }
  await ask('drafts.remove', { draftId, fileNo });
  await ask('drafts.remove', { draftId, fileNo });
}

/** Cells out of a spreadsheet, into the draft and into one of their own; and what is no table. */
async function paste(ask: Ask, draftId: string, { misplaced, students }: MarkedSchool): Promise<void> {
  const text = `student_id\tgrade_level\tage\thomeroom_teacher\tlunch_period\n${students.student.text}-p\t4\tx\t${students.teacher.text}\t1\n`;
  const { draft } = await ask('drafts.paste', { draftId: null, profileId: null, text });
  await checked(ask, draft.draftId);
  await ask('drafts.rows', { draftId: draft.draftId, fileNo: 0, from: 1, count: 10 });
  await ask('drafts.discard', { draftId: draft.draftId });
  await ask('drafts.paste', { draftId, profileId: null, text });
  await ask('drafts.paste', {
    draftId,
    profileId: null,
    text: `${students.student.text}\t${students.teacher.text}`,
  });
  await checked(ask, draftId);
  await ask('drafts.paste', { draftId: randomUUID(), profileId: null, text: misplaced.text });
  await ask('drafts.paste', { draftId: null, profileId: null, text: { [misplaced.text]: 1 } });
}
