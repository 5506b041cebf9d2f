import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect } from 'vitest';
import type { RouteName } from '../../../shared/contract/routes.ts';
import type { Ask, CanaryDoor } from './canary-door.ts';
import { type MarkedFiles, type MarkedSchool, studentsOf } from './marked-school.ts';
import { marksIn } from './marks.ts';
import { checked, openDraft } from './open-draft.ts';

/** Asks what has to be answered well. `routes`: is told whose answer each reply is. */
export function asking(door: CanaryDoor, routes = new Map<object, RouteName>()): Ask {
  return async (route, input) => {
    const reply = await door.ask(route, input);
    routes.set(reply, route);
    expect(reply, route).toMatchObject({ ok: true });
    return reply.value;
  };
}

/**
 * A draft of the marked term in everything that puts students on the disk: copies, findings, edits, pasted cells, a
 * mapping, a rule, a review in the sandbox, exports. Resolves to its id.
 */
export async function workOn(door: CanaryDoor, files: MarkedFiles, school: MarkedSchool): Promise<string> {
  const ask = asking(door);
  const { teacher, student } = school.students;
  const draftId = await openDraft(ask, door, null, [
    files.books,
    files.students,
    files.checkouts,
    files.damaged,
  ]);
  const byName = await checked(ask, draftId);
  const own = { draftId, fileNo: byName['students.csv'] };
  await ask('drafts.edit', { ...own, edits: [{ row: 1, position: 3, text: `${teacher.text} Gray` }] });
  await ask('drafts.skip', { ...own, rows: [2], skipped: true });
  const text = `student_id\tgrade_level\tage\thomeroom_teacher\tlunch_period\n${student.text}-p\t4\t9\t${teacher.text}\t1\n`;
  await ask('drafts.paste', { draftId, profileId: null, text });
  const mapping = { version: 1, type: 'students', columns: { homeroom_teacher: { constant: teacher.text } } };
  const damaged = { draftId, fileNo: byName['students-4.csv'] };
  await ask('drafts.read', { ...damaged, mapping });
  await checked(ask, draftId);
  await ask('drafts.read', { ...damaged, mapping: null });
  await checked(ask, draftId);
  const bulk = {
    kind: 'replace',
    position: 3,
    find: teacher.text,
    replacement: 'Ms Gray',
    whole: true,
    matchCase: false,
  };
  await ask('drafts.apply', { ...damaged, bulk, teach: true });
  expect((await ask('drafts.review', { draftId })).review.written).toBeGreaterThan(0);
  for (const format of ['csv', 'xlsx']) {
    const { exportId, rows } = await ask('drafts.export', { ...own, format });
    expect(rows).toBeGreaterThan(0);
    await ask('drafts.exportPiece', { draftId, exportId, offset: 0 });
  }
  return draftId;
}

/** Expects a draft's students to stand where only their owner may look, and that they do stand there. */
export function expectForOwnerOnly(home: string, draftId: string, school: MarkedSchool): void {
  const withStudents = filesWithStudents(home, school);
  for (const place of [join('workspace', draftId), 'rules.json'])
    expect(
      withStudents.some((name) => name.startsWith(place)),
      place,
    ).toBe(true);
  const exported = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(xlsx|csv)$/.test(name) && /export/.test(name),
  );
  expect(exported).toHaveLength(2);
  const names = readdirSync(home, { recursive: true, encoding: 'utf8' });
  const kept = names.filter((name) => /^(workspace|drafts|rules\.json)/.test(name));
  for (const name of [...kept, ...withStudents.filter((name) => !name.startsWith('sandbox'))]) {
    const stat = statSync(join(home, name));
    expect([name, (stat.mode & 0o777).toString(8)]).toEqual([name, stat.isDirectory() ? '700' : '600']);
  }
}

/**
 * Expects students nowhere but where they were loaded to, and in the findings of loads, which are kept so that their
 * rejected rows can be saved: no copy of a file is left, and nothing of a draft.
 */
export function expectOnlyLoaded(home: string, school: MarkedSchool, heard: CanaryDoor['heard']): void {
  const payloads = heard.map(({ payload }) => payload as { kind?: string; loadId?: string } | undefined);
  const loads = payloads.filter((one) => one?.kind === 'load-started').map((one) => one?.loadId ?? '');
  const findings = loads.map((loadId) => join('workspace', loadId, 'state.sqlite'));
  const [inSandboxes, others] = [true, false].map((wanted) =>
    filesWithStudents(home, school).filter((name) => name.split(sep).includes('sandbox') === wanted),
  );
  expect(inSandboxes).not.toEqual([]);
  expect(others?.filter((name) => !findings.includes(name))).toEqual([]);
}

/** By name below `home`. */
export function filesWithStudents(home: string, school: MarkedSchool): string[] {
  return readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      statSync(join(home, name)).isFile() &&
      marksIn(`${name} ${readFileSync(join(home, name), 'latin1')}`, studentsOf(school)).length > 0,
  );
}
