import { expect } from 'vitest';
import { ROUTES, type RouteName } from '../../../shared/contract/routes.ts';
import type { CanaryDoor } from './canary-door.ts';

/** Routes about drafts that name none. */
const OF_NO_DRAFT: readonly RouteName[] = ['drafts.list', 'drafts.open', 'drafts.openSamples'];

/** Asks for somebody else's draft in every way there is, each time as its owner may, and expects it to be unknown. */
export async function expectDraftUnknown(
  door: CanaryDoor,
  draftId: string,
  fileNo: number,
  ownFile: string,
): Promise<void> {
  const inFile = { draftId, fileNo };
  const place = { row: 0, position: -1 };
  const bulk = { kind: 'skip', code: null, column: null };
  const calls: Partial<Record<RouteName, object>> = {
    'drafts.show': { draftId },
    'drafts.paste': { draftId, profileId: null, text: 'a\tb' },
    'drafts.add': { draftId, files: [await door.idOf(ownFile)] },
    'drafts.remove': inFile,
    'drafts.target': { draftId, profileId: null },
    'drafts.read': { ...inFile, header: false, loseEdits: true },
    'drafts.columns': inFile,
    'drafts.rows': { ...inFile, from: 1, count: 100 },
    'drafts.filter': { ...inFile, filter: { show: 'problems' } },
    'drafts.find': { ...inFile, text: 'ST', after: place },
    'drafts.place': { ...inFile, view: 'view', row: 1 },
    'drafts.issues': { ...inFile, offset: 0, limit: 100 },
    'drafts.nextProblem': { ...inFile, after: place },
    'drafts.damage': inFile,
    'drafts.operations': { draftId },
    'drafts.edit': { ...inFile, edits: [{ row: 1, position: 0, text: 'ST-1' }] },
    'drafts.skip': { ...inFile, rows: [1], skipped: true },
    'drafts.plan': { ...inFile, bulk },
    'drafts.apply': { ...inFile, bulk },
    'drafts.undo': { draftId },
    'drafts.redo': { draftId },
    'drafts.review': { draftId },
    'drafts.reviewRows': { ...inFile, change: 'insert', offset: 0, limit: 100 },
    'drafts.load': { draftId },
    'drafts.export': { ...inFile, format: 'csv' },
    'drafts.exportPiece': { draftId, exportId: 'export', offset: 0 },
    'drafts.discard': { draftId },
  };
  const names = ROUTES.map(({ name }) => name).filter((name) => name.startsWith('drafts.'));
  expect(Object.keys(calls).toSorted()).toEqual(
    names.filter((name) => !OF_NO_DRAFT.includes(name)).toSorted(),
  );
  for (const [route, input] of Object.entries(calls)) {
    const reply = await door.ask(route, input);
    expect([route, reply.ok, reply.error?.code]).toEqual([route, false, 'draft.unknown']);
  }
  expect((await door.ask('drafts.list', {})).value).toEqual({ drafts: [] });
}
