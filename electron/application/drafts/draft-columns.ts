import type { OutputOf } from '../../../shared/contract/routes.ts';
import { columnsOf } from '../../../shared/records/columns.ts';
import { matchHeader } from '../../../shared/records/match-header.ts';
import { recogniseType } from '../../../shared/records/recognise-type.ts';
import { savedMappingOf } from '../../../shared/records/save-mapping.ts';
import type { ColumnMapping, ColumnSource } from '../../../shared/records/types.ts';
import { readingOf } from '../../engine/open-files.ts';
import { notReady } from './draft-errors.ts';
import { type Draft, fileOf } from './draft-state.ts';

type Columns = OutputOf<'drafts.columns'>;

const SAMPLES = 5;
/** A cell can be a megabyte long. */
const SAMPLE_CHARS = 120;

/** Where every column comes from, and what the file has, for the mapping panel. */
export function columnsOfFile(draft: Draft, fileNo: number): Columns {
  const { file, opened, mapping, saved } = readAsFarAsPossible(draft, fileNo);
  return {
    type: mapping.type,
    canonical: columnsOf(mapping.type).map(({ name, label, required }) => ({
      column: name,
      label,
      required,
      source: sourceView(mapping.sources[name]),
    })),
    columns: mapping.header.map((heading, position) => ({
      position,
      heading,
      samples: opened.sample
        .map((cells) => (cells[position] ?? '').trim().slice(0, SAMPLE_CHARS))
        .filter((cell) => cell !== '')
        .slice(0, SAMPLES),
    })),
    mapping: savedMappingOf(mapping, { ...readingOf(file.note.spec), saved }),
  };
}

/** Of a file that lacks a column its headings tell the others: here is where the missing one is chosen. */
function readAsFarAsPossible(draft: Draft, fileNo: number) {
  const file = fileOf(draft, fileNo);
  const { mapped, opened, note } = file;
  if (mapped !== null) return { file, opened: mapped.opened, mapping: mapped.mapping, saved: mapped.saved };
  const type = opened === null ? null : (note.spec.type ?? recogniseType(opened.header, opened.sample));
  if (opened === null || type === null) throw file.error ?? notReady(note.name);
  const sources = Object.fromEntries(
    [...matchHeader(type, opened.header)].map(([{ name }, { read }]) => [
      name,
      { kind: 'cells' as const, positions: read.map(({ position }) => position) },
    ]),
  );
  const mapping: ColumnMapping = { type, header: opened.header, sources, dateOrders: {}, issues: [] };
  return { file, opened, mapping, saved: note.spec.mapping };
}

function sourceView(source: ColumnSource | undefined): Columns['canonical'][number]['source'] {
  switch (source?.kind) {
    case undefined:
      return { kind: 'none' };
    case 'cells':
      return { kind: 'cells', positions: [...source.positions] };
    case 'constant':
      return { kind: 'constant', value: source.value };
    case 'derived':
      return {
        kind: 'derived',
        position: source.position,
        rule: source.rule.kind,
        date: source.rule.kind === 'age-on' ? source.rule.date : null,
      };
  }
}
