import type { DamageFinding } from '../../../renderer/features/load/damage-card.tsx';
import { type DraftFileView, type DraftView, draftSchema } from '../../../shared/contract/drafts.ts';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { AppError } from '../../../shared/errors.ts';
import { columnsOf } from '../../../shared/records/columns.ts';
import { mapColumns } from '../../../shared/records/mapping.ts';
import { savedMappingOf } from '../../../shared/records/save-mapping.ts';
import { type SavedMapping, savedMappingSchema } from '../../../shared/records/saved-mapping.ts';
import type { ColumnMapping } from '../../../shared/records/types.ts';
import type { FakeAnswers } from './fake-contract.ts';
import { FAKE_DRAFT_ID, fakeDraft } from './fake-draft.ts';
import type { FakeFile } from './fake-file.ts';

type Rule = OutputOf<'rules.list'>['rules'][number];

export interface FakeTerm {
  files: readonly FakeFile[];
  /** What the screen is to be told of the draft, and of its files by their number. */
  over?: Partial<DraftView>;
  fileOver?: Readonly<Record<number, Partial<DraftFileView>>>;
  /** What the mapping panel finds, where that is another file: one that cannot be checked has no rows here. */
  columnsOf?: Readonly<Record<number, FakeFile>>;
  damage?: readonly DamageFinding[];
  rules?: readonly Rule[];
  left?: OutputOf<'drafts.list'>['drafts'];
}

/**
 * A draft in memory behind the whole load screen: rows and mending as fakeDraft has them, and around them how
 * files come, are read, repaired and removed.
 */
export function fakeTerm({
  files,
  over = {},
  fileOver = {},
  columnsOf: columnFiles = {},
  damage = [],
  rules = [],
  left = [],
}: FakeTerm): FakeAnswers {
  const inner = fakeDraft(files);
  const changes = new Map<number, Partial<DraftFileView>>(
    Object.entries(fileOver).map(([fileNo, change]) => [Number(fileNo), change]),
  );
  const removed = new Set<number>();
  const saved = new Map<number, SavedMapping>();
  const repaired = new Set<DamageFinding>();
  let draftOver = over;
  let learnt = [...rules];
  let drafts = [...left];
  let turns = 0;
  let repair: { finding: DamageFinding; label: string } | null = null;

  const patched = (view: DraftView): DraftView => ({
    ...view,
    revision: view.revision + turns,
    undo: repair?.label ?? view.undo,
    undoFileNo: repair === null ? view.undoFileNo : 0,
    files: view.files
      .filter(({ fileNo }) => !removed.has(fileNo))
      .map((file) => ({ ...file, ...changes.get(file.fileNo) })),
    ...draftOver,
  });
  const view = (): DraftView => patched(inner.view());
  const changed = (): { draft: DraftView } => {
    turns += 1;
    return { draft: view() };
  };
  const change = (fileNo: number, to: Partial<DraftFileView>): void => {
    changes.set(fileNo, { ...changes.get(fileNo), ...to });
  };
  const fileOf = (fileNo: number): FakeFile => {
    const file = files[fileNo];
    if (file === undefined) throw new Error(`There is no file ${fileNo}.`);
    return file;
  };
  const findingOf = (bulk: { position: number; damage: string }): DamageFinding | undefined =>
    damage.find((one) => one.position === bulk.position && one.kind === bulk.damage);

  const outer: FakeAnswers = {
    'drafts.list': () => ({ drafts }),
    'drafts.open': ({ profileId, files: ids }) => {
      // Where a test sees what was opened.
      document.body.dataset.opened = JSON.stringify({ profileId, files: ids });
      return { draft: view(), merged: [] };
    },
    'drafts.paste': ({ profileId, text }) => {
      document.body.dataset.opened = JSON.stringify({ profileId, text });
      return { draft: view() };
    },
    'drafts.openSamples': () => ({ draft: view() }),
    'drafts.discard': ({ draftId }) => {
      drafts = drafts.filter((draft) => draft.draftId !== draftId);
      return {};
    },
    'drafts.add': ({ files: ids }) => ({
      ...changed(),
      merged: ids
        .filter((id) => id.includes('rejected'))
        .map((id) => ({ name: id.replace('file-', ''), into: 'students.csv', cells: 3, rows: 2, kept: [] })),
    }),
    'drafts.remove': ({ fileNo }) => {
      removed.add(fileNo);
      return changed();
    },
    'drafts.target': ({ profileId }) => {
      draftOver = {
        ...draftOver,
        profileId,
        profile: profileId === null ? 'sandbox' : 'Training',
        profileKind: 'sandbox',
        readOnly: false,
      };
      return changed();
    },
    'drafts.read': ({ fileNo, type, encoding, delimiter, sheet, header, mapping, dateOrders, loseEdits }) => {
      const now = view().files.find((file) => file.fileNo === fileNo);
      const anew = encoding !== undefined || delimiter !== undefined || header !== undefined;
      if (anew && loseEdits !== true && (now?.editedCells ?? 0) > 0)
        throw new AppError({ code: 'draft.edits-lost', message: 'Edits would be lost.', hint: 'Say so.' });
      if (type !== undefined) change(fileNo, { type });
      // Read in another way, it is as good as any.
      if (now?.state === 'failed') changes.set(fileNo, { type: type ?? now.type });
      const reading = now?.reading ?? null;
      if (reading !== null)
        change(fileNo, {
          reading: {
            ...reading,
            ...(encoding === undefined ? {} : { encoding: encoding ?? 'utf-8', encodingSure: true }),
            ...(delimiter === undefined ? {} : { delimiter: delimiter ?? ',' }),
            ...(sheet === undefined ? {} : { sheet }),
            ...(header === undefined ? {} : { header }),
          },
        });
      if (mapping === null) saved.delete(fileNo);
      else if (mapping !== undefined) saved.set(fileNo, savedMappingSchema.parse(mapping));
      if (mapping !== undefined) change(fileNo, { remembered: mapping !== null });
      if (dateOrders !== undefined)
        change(fileNo, {
          dateOrders: (now?.dateOrders ?? []).filter(({ column }) => !(column in dateOrders)),
        });
      return changed();
    },
    'drafts.columns': ({ fileNo }) =>
      columnsView(columnFiles[fileNo] ?? fileOf(fileNo), saved.get(fileNo) ?? null),
    'drafts.damage': () => ({ findings: damage.map((one) => ({ ...one })) }),
    'rules.list': () => ({ rules: learnt }),
    'rules.remove': ({ ruleIds }) => {
      learnt = learnt.filter(({ ruleId }) => !ruleIds.includes(ruleId));
      return {};
    },
  };
  const answers: FakeAnswers = {
    ...inner.answers,
    'drafts.show': ({ draftId }) => {
      if (!draftSchema.shape.draftId.safeParse(draftId).success)
        throw new AppError({ code: 'usage.invalid', message: 'draftId: Invalid UUID', hint: 'Check it.' });
      if (draftId !== FAKE_DRAFT_ID)
        throw new AppError({
          code: 'draft.unknown',
          message: 'There is no such draft.',
          hint: 'Open it anew.',
        });
      return { draft: view() };
    },
    'drafts.plan': async (input) => {
      if (input.bulk.kind !== 'repair') return ask('drafts.plan', input);
      const finding = findingOf(input.bulk);
      const cells = finding === undefined || repaired.has(finding) ? 0 : finding.cells;
      return { label: 'Repair', cells, examples: [], rules: [] };
    },
    'drafts.apply': async (input) => {
      if (input.bulk.kind !== 'repair') return ask('drafts.apply', input);
      const finding = findingOf(input.bulk);
      if (finding === undefined) return { outcome: null, draft: view() };
      repaired.add(finding);
      repair = { finding, label: `Put right: ${finding.cells} cells of ${finding.heading}` };
      const { draft } = changed();
      return { outcome: { label: repair.label, cells: finding.cells, rows: finding.cells, draft }, draft };
    },
    'drafts.undo': async (input) => {
      if (repair === null) return ask('drafts.undo', input);
      repaired.delete(repair.finding);
      repair = null;
      return { outcome: null, ...changed() };
    },
    'drafts.edit': (input) => ask('drafts.edit', input),
    'drafts.skip': (input) => ask('drafts.skip', input),
    'drafts.redo': (input) => ask('drafts.redo', input),
    ...outer,
  };
  /** What the inner draft answers, told as this one. */
  async function ask<N extends keyof FakeAnswers>(route: N, input: unknown): Promise<never> {
    const answer = inner.answers[route] as ((input: unknown) => unknown) | undefined;
    const told = (await answer?.(input)) as { draft?: DraftView; outcome?: { draft: DraftView } | null };
    if (told.draft !== undefined) told.draft = patched(told.draft);
    if (told.outcome !== undefined && told.outcome !== null)
      told.outcome = { ...told.outcome, draft: patched(told.outcome.draft) };
    return told as never;
  }
  return answers;
}

/** The day on which the fake files are read. */
const TODAY = new Date(Date.UTC(2026, 8, 1));

function columnsView(file: FakeFile, saved: SavedMapping | null): OutputOf<'drafts.columns'> {
  const sample = [1, 2, 3].map((row) => file.cells(row));
  const mapping = mappingOf(file, sample, saved);
  return {
    type: file.type,
    canonical: columnsOf(file.type).map(({ name, label, required }) => {
      const source = mapping.sources[name];
      return {
        column: name,
        label,
        required,
        source:
          source === undefined
            ? { kind: 'none' }
            : source.kind === 'derived'
              ? {
                  kind: 'derived',
                  position: source.position,
                  rule: source.rule.kind,
                  date: source.rule.kind === 'age-on' ? source.rule.date : null,
                }
              : source.kind === 'cells'
                ? { kind: 'cells', positions: [...source.positions] }
                : source,
      };
    }),
    columns: file.header.map((heading, position) => ({
      position,
      heading,
      samples: sample.map((cells) => cells[position] ?? '').filter((cell) => cell !== ''),
    })),
    mapping: savedMappingOf(mapping, { header: true, encoding: null, delimiter: null, sheet: null, saved }),
  };
}

/** A file that lacks a required column has no mapping yet: what its headings tell is what there is. */
function mappingOf(file: FakeFile, sample: string[][], saved: SavedMapping | null): ColumnMapping {
  const request = { type: file.type, header: file.header, sample, fileName: file.name, saved, today: TODAY };
  try {
    return mapColumns(request);
  } catch {
    const sources: Record<string, { kind: 'cells'; positions: number[] }> = {};
    for (const { name } of columnsOf(file.type)) {
      const position = file.header.findIndex(
        (heading) => heading.toLowerCase().replaceAll(' ', '_') === name,
      );
      if (position >= 0) sources[name] = { kind: 'cells', positions: [position] };
    }
    return { type: file.type, header: file.header, sources, dateOrders: {}, issues: [] };
  }
}
