import { figure } from '../../../../shared/amounts.ts';
import type { ReviewRow } from '../../../../shared/contract/draft-review.ts';
import type { RecordType } from '../../../../shared/records/types.ts';
import { columnHeading } from '../../../texts/records.ts';
import { reviewTexts } from '../../../texts/review.ts';

const texts = reviewTexts.rows;

/** The cells of one row of the list; a row that has not come yet says so. */
export function RowCells({
  row,
  type,
  columns,
}: {
  row: ReviewRow | undefined;
  type: RecordType;
  columns: readonly string[];
}) {
  if (row === undefined)
    return (
      // biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out rows that are out of sight
      // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
      <span role="gridcell" className="soft">
        {texts.loading}
      </span>
    );
  return columns.map((column) => (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out rows that are out of sight
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <span key={column} role="gridcell" data-column={column}>
      {column === 'row' && figure(row.row)}
      {column === 'key' && row.key}
      {column === 'title' && row.title}
      {column === 'changes' &&
        row.fields.map((field) => (
          <span key={field.column} className="row-change">
            <span className="soft">{columnHeading(type, field.column)}</span> <ShortChange {...field} />
          </span>
        ))}
    </span>
  ));
}

/** Of long texts the list says only that they change: what in them is below it. */
const SHORT_CHARS = 32;

function ShortChange({ before, after }: { before: string | null; after: string | null }) {
  const [was, becomes] = [before ?? texts.nothing, after ?? texts.nothing];
  if (was.length > SHORT_CHARS || becomes.length > SHORT_CHARS) return texts.longText;
  return (
    <>
      {was}
      <span aria-hidden="true"> → </span>
      <span className="hidden-text"> {texts.becomes} </span>
      <strong>{becomes}</strong>
    </>
  );
}
