import type { RowIssue } from '../../../shared/records/types.ts';

/**
 * Issues on their way between threads. Their texts repeat themselves ten thousand times, and a message that
 * crosses as an object of its own is copied each time: here each text crosses once.
 */
export interface PackedIssues {
  rows: Uint32Array;
  lines: Uint32Array;
  /** Index into `kinds`. */
  kindOf: Uint32Array;
  kinds: readonly IssueKind[];
  values: readonly (string | null)[];
  /** Values of suggestions; empty where none of the issues has one. */
  suggested: readonly (string | null)[];
}

type IssueKind = Pick<RowIssue, 'column' | 'code' | 'severity' | 'message'> & { label: string | null };

export function packIssues(issues: readonly RowIssue[]): PackedIssues {
  const kinds: IssueKind[] = [];
  const known = new Map<string, number>();
  const kindOf = new Uint32Array(issues.length);
  for (const [i, issue] of issues.entries()) {
    const { column, code, severity, message, suggestion } = issue;
    const label = suggestion?.label ?? null;
    const key = `${severity}\n${code}\n${column ?? '\n'}\n${message}\n${label ?? '\n'}`;
    let kind = known.get(key);
    if (kind === undefined) {
      kind = kinds.length;
      known.set(key, kind);
      kinds.push({ column, code, severity, message, label });
    }
    kindOf[i] = kind;
  }
  const anySuggested = issues.some(({ suggestion }) => suggestion !== null && suggestion.value !== null);
  return {
    rows: Uint32Array.from(issues, ({ row }) => row),
    lines: Uint32Array.from(issues, ({ line }) => line),
    kindOf,
    kinds,
    values: issues.map(({ value }) => value),
    suggested: anySuggested ? issues.map(({ suggestion }) => suggestion?.value ?? null) : [],
  };
}

export function unpackIssues(packed: PackedIssues): RowIssue[] {
  const { rows, lines, kindOf, kinds, values, suggested } = packed;
  const withoutValue = kinds.map(({ label }) => (label === null ? null : { label, value: null }));
  return values.map((value, i) => {
    const kind = kindOf[i] ?? 0;
    const { column, code, severity, message, label } = kinds[kind] as IssueKind;
    const fix = suggested[i] ?? null;
    const suggestion = fix === null || label === null ? (withoutValue[kind] ?? null) : { label, value: fix };
    return { row: rows[i] ?? 0, line: lines[i] ?? 0, column, code, severity, value, message, suggestion };
  });
}
