import { columnTexts } from '../../texts/load-columns.ts';
import type { FileColumn } from './mapping-form.ts';

const texts = columnTexts;

/** The first few cells of a column, by which people know it. */
export function Samples({ column }: { column: FileColumn }) {
  if (column.samples.length === 0) return <span className="soft small">{texts.noSamples}</span>;
  return <span className="samples-line">{column.samples.slice(0, 3).join(' · ')}</span>;
}
