import type { ReviewRow } from '../../../../shared/contract/draft-review.ts';
import type { RecordType } from '../../../../shared/records/types.ts';
import { columnHeading } from '../../../texts/records.ts';
import { reviewTexts } from '../../../texts/review.ts';

const texts = reviewTexts.rows;

/** One changed record, field by field: what the database holds, and what it will hold. */
export function ChangedRow({ row, type }: { row: ReviewRow; type: RecordType }) {
  return (
    <table className="changed-row">
      <caption>
        {texts.detail(row.row, row.key)}
        {row.title !== '' && <span className="soft"> · {row.title}</span>}
      </caption>
      <thead>
        <tr>
          <th scope="col">{texts.column}</th>
          <th scope="col">{texts.before}</th>
          <th scope="col">{texts.after}</th>
        </tr>
      </thead>
      <tbody>
        {row.fields.map(({ column, before, after }) => (
          <tr key={column}>
            <th scope="row">{columnHeading(type, column)}</th>
            <td>
              <Value value={before} as="before" />
            </td>
            <td>
              <Value value={after} as="after" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value, as }: { value: string | null; as: 'before' | 'after' }) {
  if (value === null || value === '') return <span className="soft">{texts.nothing}</span>;
  return (
    <span className="changed-value" data-as={as}>
      {value}
    </span>
  );
}
