import type {
  BulkEditView,
  DraftFileView,
  DraftRowView,
  RowFilter,
} from '../../../shared/contract/drafts.ts';
import { cellChange } from '../../../shared/records/cell-change.ts';
import { recordCheck } from '../../../shared/records/check.ts';
import { columnsOf } from '../../../shared/records/columns.ts';
import { mapColumns } from '../../../shared/records/mapping.ts';
import type { ColumnMapping, RowIssue } from '../../../shared/records/types.ts';
import type { FakeFile } from './fake-file.ts';

/** A day that is always the same, so that a year that is in order stays so. */
const TODAY = new Date(Date.UTC(2026, 8, 1));

/** One step of a fake operation, to be done again or turned back. Undefined: as the file has it. */
export type Step =
  | { kind: 'cell'; row: number; position: number; before: string | undefined; after: string | undefined }
  | { kind: 'skip'; row: number; before: boolean; after: boolean };

/** A file with what a person changed in it, checked by the product's own rules. Nothing but edits is kept. */
export function fakeSheet(file: FakeFile, fileNo: number) {
  const mapping = mappingOf(file);
  const check = recordCheck(mapping, { sha256Hex: (text) => text.padEnd(64, '0').slice(0, 64) }, TODAY);
  const mapped = mappedOf(mapping);
  const edits = new Map<number, Map<number, string>>();
  const skips = new Set<number>();
  const planted = file.mistakes.map((one) => ({ ...one, position: file.header.indexOf(one.heading) }));
  let plantedRows: number[] | null = null;
  let counts: Counts | null = null;

  const originals = (row: number): string[] => {
    const cells = file.cells(row);
    for (const { every, at, position, text } of planted) if (row % every === at) cells[position] = text;
    return cells;
  };
  const cellsOf = (row: number): string[] => {
    const cells = originals(row);
    for (const [position, text] of edits.get(row) ?? []) cells[position] = text;
    return cells;
  };
  const checked = (row: number) => {
    const cells = cellsOf(row);
    return { cells, ...check({ row, line: row + 1, cells, fault: null }) };
  };
  const issuesOf = (row: number): RowIssue[] => (isSuspect(row) ? checked(row).issues : []);
  const isSuspect = (row: number): boolean =>
    edits.has(row) || planted.some(({ every, at }) => row % every === at);

  /** Rows that may have an issue or an edit, in order. */
  function suspects(): number[] {
    if (plantedRows === null) {
      plantedRows = [];
      for (let row = 1; row <= file.rows; row += 1)
        if (planted.some(({ every, at }) => row % every === at)) plantedRows.push(row);
    }
    const own = [...edits.keys(), ...skips].filter(
      (row) => !planted.some(({ every, at }) => row % every === at),
    );
    return own.length === 0 ? plantedRows : [...plantedRows, ...new Set(own)].sort((a, b) => a - b);
  }

  function countsNow(): Counts {
    if (counts === null) {
      counts = { byIssue: new Map(), rejected: 0 };
      for (const row of suspects()) addTo(counts, row, 1);
    }
    return counts;
  }
  function addTo(into: Counts, row: number, sign: 1 | -1): void {
    if (skips.has(row)) return;
    const issues = issuesOf(row);
    for (const { code, column, severity } of issues) {
      const key = JSON.stringify([code, column, severity]);
      into.byIssue.set(key, (into.byIssue.get(key) ?? 0) + sign);
    }
    if (issues.some(({ severity }) => severity === 'error')) into.rejected += sign;
  }

  function isShown(row: number, { show, code, column }: RowFilter): boolean {
    if (show === 'skipped') return skips.has(row);
    if (show === 'edited') return edits.has(row);
    if (skips.has(row)) return false;
    return issuesOf(row).some(
      (issue) =>
        (show === 'problems' || issue.severity === (show === 'warnings' ? 'warning' : 'error')) &&
        (code === null || issue.code === code) &&
        (column === null || issue.column === column),
    );
  }

  return {
    mapped,
    headerIssues: mapping.issues,
    view(): DraftFileView {
      const { byIssue, rejected } = countsNow();
      const issueCounts = [...byIssue]
        .filter(([, count]) => count > 0)
        .map(([key, count]) => {
          const [code, column, severity] = JSON.parse(key) as [RowIssue['code'], string | null, 'error'];
          return { code, column, severity, count };
        })
        .sort((a, b) => b.count - a.count);
      const header = mapping.issues.map(({ code, column, severity }) => ({
        code,
        column,
        severity,
        count: 1,
      }));
      const sum = (severity: string): number =>
        [...issueCounts, ...header].reduce(
          (all, one) => all + (one.severity === severity ? one.count : 0),
          0,
        );
      const bytes = file.rows * 120;
      return {
        fileNo,
        name: file.name,
        bytes,
        state: 'checked',
        error: null,
        bytesChecked: bytes,
        type: file.type,
        reading: {
          encoding: 'utf-8',
          encodingSure: true,
          delimiter: ',',
          sheet: null,
          sheets: [],
          header: true,
        },
        header: [...file.header],
        mapped,
        remembered: false,
        dateOrders: [],
        rows: file.rows,
        accepted: file.rows - rejected - skips.size,
        rejected,
        skipped: skips.size,
        errors: sum('error'),
        warnings: sum('warning'),
        issueCounts: [...issueCounts, ...header],
        editedCells: [...edits.values()].reduce((all, cells) => all + cells.size, 0),
        rulesApplied: [],
        damage: 0,
      };
    },
    row(row: number): DraftRowView {
      const { cells, record, issues } = checked(row);
      const before = originals(row);
      return {
        row,
        line: row + 1,
        cells,
        state: skips.has(row) ? 'skipped' : record === null ? 'rejected' : 'accepted',
        edited: [...(edits.get(row)?.keys() ?? [])].map((position) => ({
          position,
          original: before[position] ?? '',
        })),
        coerced: mapped.flatMap(({ position, column }) => {
          if (record === null) return [];
          const text = loadedText((record as unknown as Record<string, unknown>)[column]);
          const isSame = text === cells[position]?.trim();
          return isSame ? [] : [{ position, text }];
        }),
        issues: issues.map((issue) => ({ ...issue })),
      };
    },
    issuesOf,
    suspects,
    rowsShown: (filter: RowFilter): number[] => suspects().filter((row) => isShown(row, filter)),
    /** Steps that set cells; a null text takes the edit back. Those that change nothing are left out. */
    cellSteps(changes: readonly { row: number; position: number; text: string | null }[]): Step[] {
      return changes.flatMap(({ row, position, text }): Step[] => {
        const before = edits.get(row)?.get(position);
        const after = text === null || text === originals(row)[position] ? undefined : text;
        return before === after ? [] : [{ kind: 'cell', row, position, before, after }];
      });
    },
    skipSteps: (rows: readonly number[], skipped: boolean): Step[] =>
      rows
        .filter((row) => skips.has(row) !== skipped)
        .map((row) => ({ kind: 'skip', row, before: !skipped, after: skipped })),
    /** What a bulk edit would change. */
    bulkChanges(bulk: BulkEditView): { row: number; position: number; before: string; after: string }[] {
      if (bulk.kind === 'suggestions') {
        const position = mapped.find(({ column }) => column === bulk.column)?.position ?? 0;
        return suspects().flatMap((row) => {
          if (skips.has(row)) return [];
          const issue = issuesOf(row).find(
            ({ code, column }) => code === bulk.code && column === bulk.column,
          );
          const after = issue?.suggestion?.value ?? null;
          const before = cellsOf(row)[position] ?? '';
          return after === null || (bulk.value !== null && before !== bulk.value)
            ? []
            : [{ row, position, before, after }];
        });
      }
      if (bulk.kind !== 'replace') return [];
      const change = cellChange(bulk);
      const changes = [];
      for (let row = 1; row <= file.rows; row += 1) {
        const before = cellsOf(row)[bulk.position] ?? '';
        const after = change(before);
        if (after !== null) changes.push({ row, position: bulk.position, before, after });
      }
      return changes;
    },
    bulkSkips: (bulk: Extract<BulkEditView, { kind: 'skip' }>): number[] =>
      suspects().filter((row) => isShown(row, { show: 'errors', code: bulk.code, column: bulk.column })),
    find(text: string, after: { row: number; position: number }, backwards: boolean) {
      const wanted = text.toLowerCase();
      const step = backwards ? -1 : 1;
      for (let row = Math.max(after.row, backwards ? 0 : 1); row >= 1 && row <= file.rows; row += step) {
        const places = cellsOf(row).flatMap((cell, position) =>
          cell.toLowerCase().includes(wanted) ? [position] : [],
        );
        const place = (backwards ? places.toReversed() : places).find(
          (one) => row !== after.row || (backwards ? one < after.position : one > after.position),
        );
        if (place !== undefined) return { row, position: place };
      }
      return null;
    },
    /** Does steps, or turns them back. */
    run(steps: readonly Step[], way: 'do' | 'undo'): void {
      const now = countsNow();
      const rows = new Set(steps.map(({ row }) => row));
      for (const row of rows) addTo(now, row, -1);
      for (const step of steps) {
        if (step.kind === 'skip') {
          if (way === 'do' ? step.after : step.before) skips.add(step.row);
          else skips.delete(step.row);
          continue;
        }
        const text = way === 'do' ? step.after : step.before;
        const cells = edits.get(step.row) ?? new Map<number, string>();
        if (text === undefined) cells.delete(step.position);
        else cells.set(step.position, text);
        if (cells.size === 0) edits.delete(step.row);
        else edits.set(step.row, cells);
      }
      for (const row of rows) addTo(now, row, 1);
    },
  };
}

export type FakeSheet = ReturnType<typeof fakeSheet>;

interface Counts {
  byIssue: Map<string, number>;
  rejected: number;
}

function mappingOf(file: FakeFile): ColumnMapping {
  return mapColumns({
    type: file.type,
    header: file.header,
    sample: Array.from({ length: Math.min(3, file.rows) }, (_, index) => file.cells(index + 1)),
    fileName: file.name,
    saved: null,
    today: TODAY,
  });
}

function mappedOf(mapping: ColumnMapping): DraftFileView['mapped'] {
  return columnsOf(mapping.type)
    .flatMap(({ name, label }) => {
      const source = mapping.sources[name];
      return source?.kind === 'cells'
        ? source.positions.map((position) => ({ position, column: name, label }))
        : [];
    })
    .sort((a, b) => a.position - b.position);
}

function loadedText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join('; ') : String(value);
}
