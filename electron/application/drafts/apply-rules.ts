import { amount } from '../../../shared/amounts.ts';
import type { CellChangeRule } from '../../../shared/records/cell-change.ts';
import { dictionaryKey } from '../../../shared/records/cell-change.ts';
import { columnsOf } from '../../../shared/records/columns.ts';
import type { RecordType } from '../../../shared/records/types.ts';
import { planBulkEdit } from '../../engine/bulk-edits.ts';
import type { AppliedRule, TaughtRule } from '../../engine/draft-port.ts';
import { noticeOf } from '../notice.ts';
import { NEVER } from './draft-ports.ts';
import type { Draft, DraftFile } from './draft-state.ts';

/**
 * Does what was taught in a file that was just checked: one operation for each column, so that each can be undone.
 * What cannot be done is told and harms nothing.
 */
export async function applyRules(draft: Draft, file: DraftFile): Promise<void> {
  const applied: AppliedRule[] = [];
  try {
    const { checked } = file;
    if (checked === null) return;
    const { type, sources } = checked.mapping;
    const rules = (await draft.ports.rules.all(NEVER)).filter((rule) => rule.type === type);
    for (const [column, own] of Map.groupBy(rules, (rule) => rule.column)) {
      const source = sources[column];
      if (source?.kind !== 'cells') continue;
      for (const position of source.positions) {
        const rule: CellChangeRule = { kind: 'dictionary', entries: own.map(({ from, to }) => [from, to]) };
        const planned = await planBulkEdit(draft.context, checked, { kind: 'change', position, rule });
        if (planned.edits.length === 0) continue;
        const cells = planned.edits.length;
        const label = `As you taught: ${amount(cells, 'cell')} of ${labelOf(type, column)}`;
        await draft.lookup.run(() => draft.session.edit(label, planned.edits));
        const used = own.filter(({ from }) =>
          planned.examples.some(({ before }) => dictionaryKey(before) === from.toLowerCase()),
        );
        applied.push({
          column,
          label: (used.length > 0 ? used : own).slice(0, 3).map(ruleInWords).join('; '),
          cells,
        });
      }
    }
  } catch (thrown) {
    draft.ports.notify(noticeOf(thrown));
  }
  file.note = { ...file.note, rulesDone: true, rulesApplied: applied };
}

/** "In Grade level, “Grade 4” means 4". */
export function ruleInWords({
  type,
  column,
  from,
  to,
}: Pick<TaughtRule, 'type' | 'column' | 'from' | 'to'>): string {
  const meaning = to === '' ? 'means nothing' : `means ${to}`;
  return `In ${labelOf(type, column)}, “${from}” ${meaning}`;
}

export function labelOf(type: RecordType, column: string): string {
  const label = columnsOf(type).find(({ name }) => name === column)?.label ?? column;
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}
