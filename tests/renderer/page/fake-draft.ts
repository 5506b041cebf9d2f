import type { BulkEditView, DraftView, RowIssueView } from '../../../shared/contract/drafts.ts';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { AppError } from '../../../shared/errors.ts';
import type { FakeAnswers } from './fake-contract.ts';
import type { FakeFile } from './fake-file.ts';
import { type FakeSheet, fakeSheet, type Step } from './fake-sheet.ts';

export interface FakeDraftOptions {
  /** Of the view, such as another profile. */
  over?: Partial<DraftView>;
  /** How long each answer takes. */
  delayMs?: number;
  /** Rows never come. */
  silentRows?: boolean;
  /** Edits are refused with this. */
  refuses?: AppError;
  /** Hears of every change, as `drafts.changed` tells it. */
  onChange?: (draft: DraftView) => void;
}

/** A draft in memory that answers as the backend does, for files of any length. */
export interface FakeDraft {
  draftId: string;
  view: () => DraftView;
  sheets: readonly FakeSheet[];
  /** Everything about rows, mending, undo and redo, and `drafts.show`. */
  answers: FakeAnswers;
  /** Rows asked for so far, by block. */
  asked: { from: number; count: number; view: string | null }[];
  /** From now on lists of rows that were asked for are gone. */
  forgetViews: () => void;
  /** Bulk edits, in order. */
  applied: { bulk: BulkEditView; teach: boolean }[];
}

export const FAKE_DRAFT_ID = '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2b01';

interface Operation {
  label: string;
  fileNo: number;
  steps: readonly Step[];
}

export function fakeDraft(files: readonly FakeFile[], options: FakeDraftOptions = {}): FakeDraft {
  const { over = {}, delayMs = 0, silentRows = false } = options;
  const sheets = files.map(fakeSheet);
  const views = new Map<string, number[]>();
  const asked: FakeDraft['asked'] = [];
  const applied: FakeDraft['applied'] = [];
  let done: Operation[] = [];
  let undone: Operation[] = [];
  let revision = 1;
  let viewCount = 0;

  const sheetOf = (fileNo: number): FakeSheet => {
    const sheet = sheets[fileNo];
    if (sheet === undefined)
      throw new AppError({ code: 'draft.file-unknown', message: 'This file is not there.', hint: 'Reload.' });
    return sheet;
  };
  const view = (): DraftView => ({
    draftId: FAKE_DRAFT_ID,
    revision,
    createdAt: '2026-11-25T08:00:00.000Z',
    profileId: null,
    profile: 'sandbox',
    profileKind: 'sandbox',
    readOnly: false,
    files: sheets.map((sheet) => sheet.view()),
    lookup: { kind: 'not-asked' },
    undo: done.at(-1)?.label ?? null,
    undoFileNo: done.at(-1)?.fileNo ?? null,
    redo: undone.at(-1)?.label ?? null,
    redoFileNo: undone.at(-1)?.fileNo ?? null,
    review: 'none',
    reviewError: null,
    loading: null,
    loads: [],
    ...over,
  });
  const slowly = async <T>(value: () => T): Promise<T> => {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return value();
  };
  const outcome = (
    label: string,
    steps: readonly Step[],
  ): Promise<{ outcome: OutputOf<'drafts.edit'>['outcome']; draft: DraftView }> =>
    slowly(() => {
      const draft = view();
      if (steps.length === 0) return { outcome: null, draft };
      options.onChange?.(draft);
      return {
        outcome: { label, cells: steps.length, rows: new Set(steps.map(({ row }) => row)).size, draft },
        draft,
      };
    });
  const perform = (fileNo: number, label: string, steps: readonly Step[]) => {
    if (options.refuses !== undefined) throw options.refuses;
    if (steps.length > 0) {
      sheetOf(fileNo).run(steps, 'do');
      done = [...done, { label, fileNo, steps }];
      undone = [];
      revision += 1;
    }
    return outcome(label, steps);
  };
  const turn = (way: 'do' | 'undo') => {
    const operation = way === 'undo' ? done.at(-1) : undone.at(-1);
    if (operation === undefined) return outcome('', []);
    sheetOf(operation.fileNo).run(operation.steps, way);
    if (way === 'undo') {
      done = done.slice(0, -1);
      undone = [...undone, operation];
    } else {
      undone = undone.slice(0, -1);
      done = [...done, operation];
    }
    revision += 1;
    return outcome(operation.label, operation.steps);
  };
  const rowList = (id: string): number[] => {
    const rows = views.get(id);
    if (rows === undefined)
      throw new AppError({
        code: 'draft.view-gone',
        message: 'This list of rows is gone.',
        hint: 'Filter again.',
      });
    return rows;
  };
  const bulkSteps = (fileNo: number, bulk: BulkEditView): Step[] => {
    const sheet = sheetOf(fileNo);
    if (bulk.kind === 'skip') return sheet.skipSteps(sheet.bulkSkips(bulk), true);
    return sheet.cellSteps(sheet.bulkChanges(bulk).map((one) => ({ ...one, text: one.after })));
  };
  const labelOf = (fileNo: number, bulk: BulkEditView, count: number): string => {
    if (bulk.kind === 'skip') return `Leave out ${count} rows`;
    const sheet = sheetOf(fileNo);
    const heading =
      bulk.kind === 'suggestions'
        ? sheet.mapped.find(({ column }) => column === bulk.column)?.label
        : files[fileNo]?.header[bulk.position];
    return `${bulk.kind === 'replace' ? 'Replace' : 'Use the suggestion'}: ${count} cells of ${heading}`;
  };

  const answers: FakeAnswers = {
    'drafts.show': () => ({ draft: view() }),
    'drafts.rows': ({ fileNo, view: id, from, count }) => {
      asked.push({ from, count, view: id ?? null });
      if (silentRows) return new Promise(() => {});
      return slowly(() => {
        const sheet = sheetOf(fileNo);
        const rows =
          id === null || id === undefined
            ? Array.from(
                { length: Math.max(0, Math.min(count, (files[fileNo]?.rows ?? 0) - from + 1)) },
                (_, index) => from + index,
              )
            : rowList(id).slice(from, from + count);
        return { rows: rows.map((row) => sheet.row(row)) };
      });
    },
    'drafts.filter': ({ fileNo, filter }) =>
      slowly(() => {
        const { show, code = null, column = null } = filter;
        const rows = sheetOf(fileNo).rowsShown({ show, code, column });
        viewCount += 1;
        const id = `view-${viewCount}`;
        views.set(id, rows);
        return { view: id, rows: rows.length };
      }),
    'drafts.place': ({ view: id, row }) => {
      const place = rowList(id).findIndex((one) => one >= row);
      return { place: place === -1 ? rowList(id).length : place };
    },
    'drafts.find': ({ fileNo, text, after, backwards = false }) =>
      slowly(() => ({ found: sheetOf(fileNo).find(text, after, backwards) })),
    'drafts.issues': ({ fileNo, code = null, column, severity = null, offset, limit }) => {
      const sheet = sheetOf(fileNo);
      const all = [...sheet.headerIssues, ...sheet.suspects().flatMap((row) => sheet.issuesOf(row))].filter(
        (issue) =>
          (code === null || issue.code === code) &&
          (column === undefined || issue.column === column) &&
          (severity === null || issue.severity === severity),
      );
      return { issues: all.slice(offset, offset + limit).map((issue) => ({ ...issue })) };
    },
    'drafts.nextProblem': ({ fileNo, after, backwards = false, severity = null }) =>
      slowly(() => ({ found: nextProblem(sheetOf(fileNo), after, backwards, severity) })),
    'drafts.operations': () => ({
      operations: [
        ...done.map(({ label }) => ({ label, undone: false })),
        ...undone.toReversed().map(({ label }) => ({ label, undone: true })),
      ],
    }),
    'drafts.edit': ({ fileNo, edits }) => {
      const steps = sheetOf(fileNo).cellSteps(edits);
      const heading = files[fileNo]?.header[edits[0]?.position ?? 0] ?? '';
      const label =
        edits.length === 1 ? `Edit ${heading} in row ${edits[0]?.row}` : `Edit ${steps.length} cells`;
      return perform(fileNo, label, steps);
    },
    'drafts.skip': ({ fileNo, rows, skipped }) =>
      perform(
        fileNo,
        `${skipped ? 'Leave out' : 'Take back'} ${rows.length === 1 ? `row ${rows[0]}` : `${rows.length} rows`}`,
        sheetOf(fileNo).skipSteps(rows, skipped),
      ),
    'drafts.plan': ({ fileNo, bulk }) =>
      slowly(() => {
        const steps = bulkSteps(fileNo, bulk);
        const changes = bulk.kind === 'skip' ? [] : sheetOf(fileNo).bulkChanges(bulk);
        const label = labelOf(fileNo, bulk, steps.length);
        const pairs = [...new Map(changes.map((one) => [`${one.before}\u0000${one.after}`, one])).values()];
        const heading = label.slice(label.indexOf(' of ') + 4);
        return {
          label,
          cells: steps.length,
          examples: pairs.slice(0, 5).map(({ row, before, after }) => ({ row, before, after })),
          rules:
            bulk.kind === 'skip'
              ? []
              : pairs.map(({ before, after }) => `In ${heading}, “${before}” means ${after}`),
        };
      }),
    'drafts.apply': ({ fileNo, bulk, teach = false }) => {
      applied.push({ bulk, teach });
      const steps = bulkSteps(fileNo, bulk);
      return perform(fileNo, labelOf(fileNo, bulk, steps.length), steps);
    },
    'drafts.undo': () => turn('undo'),
    'drafts.redo': () => turn('do'),
  };
  return { draftId: FAKE_DRAFT_ID, view, sheets, answers, asked, applied, forgetViews: () => views.clear() };
}

function nextProblem(
  sheet: FakeSheet,
  after: { row: number; position: number },
  backwards: boolean,
  severity: 'error' | 'warning' | null,
): { row: number; position: number | null; issue: RowIssueView } | null {
  const rows = sheet.suspects();
  for (const row of backwards ? rows.toReversed() : rows) {
    if (backwards ? row > after.row : row < after.row) continue;
    const here = sheet
      .issuesOf(row)
      .filter((issue) => severity === null || issue.severity === severity)
      .map((issue) => ({
        row,
        position: sheet.mapped.find(({ column }) => column === issue.column)?.position ?? null,
        issue: { ...issue },
      }))
      .sort((a, b) => (a.position ?? -1) - (b.position ?? -1));
    const found = (backwards ? here.toReversed() : here).find(
      ({ position }) =>
        row !== after.row ||
        (backwards ? (position ?? -1) < after.position : (position ?? -1) > after.position),
    );
    if (found !== undefined) return found;
  }
  return null;
}
