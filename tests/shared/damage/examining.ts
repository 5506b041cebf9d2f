import type { ColumnSummary } from '../../../shared/damage/column-summary.ts';
import { diagnose } from '../../../shared/damage/diagnose.ts';
import type { DamageFinding } from '../../../shared/damage/finding.ts';
import { batchSigns, createObserver } from '../../../shared/damage/observe.ts';
import { columnRoles } from '../../../shared/damage/roles.ts';
import type { ColumnMapping, RecordType } from '../../../shared/records/types.ts';

/** A mapping in which every heading is read for the column of its own name, but for those in `unmapped`. */
export function mappingOf(
  type: RecordType,
  header: readonly string[],
  unmapped: readonly string[] = [],
): ColumnMapping {
  const sources: Record<string, { kind: 'cells'; positions: readonly number[] }> = {};
  header.forEach((heading, position) => {
    if (!unmapped.includes(heading)) sources[heading] = { kind: 'cells', positions: [position] };
  });
  return { type, header, sources, dateOrders: {}, issues: [] };
}

export function summarise(mapping: ColumnMapping, rows: readonly (readonly string[])[]): ColumnSummary[] {
  const observer = createObserver(mapping.header.length, columnRoles(mapping));
  const signs = batchSigns(rows.map((row) => row.join(',')).join('\n'));
  rows.forEach((row, index) => {
    observer.observe(row, index + 1, signs);
  });
  return observer.summary();
}

/** What the doctor says of a file with one column. */
export function examine(
  type: RecordType,
  heading: string,
  cells: readonly string[],
  unmapped: readonly string[] = [],
): DamageFinding[] {
  const mapping = mappingOf(type, [heading], unmapped);
  const rows = cells.map((cell) => [cell]);
  return diagnose(summarise(mapping, rows), mapping);
}

/** The only finding of a file with one column. */
export function examineOne(type: RecordType, heading: string, cells: readonly string[]): DamageFinding {
  const findings = examine(type, heading, cells);
  const [finding] = findings;
  if (!finding || findings.length > 1) throw new Error(`${findings.length} findings instead of one`);
  return finding;
}
