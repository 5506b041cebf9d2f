import { figure } from '../../../../shared/amounts.ts';
import { CHANGES, type Change } from '../../../../shared/contract/draft-review.ts';
import { columnHeading } from '../../../texts/records.ts';
import { reviewTexts } from '../../../texts/review.ts';
import type { ReviewFile } from './review-rows.tsx';

const texts = reviewTexts.table;
const FIELDS = {
  insert: 'inserted',
  update: 'updated',
  unchanged: 'unchanged',
  rejected: 'rejected',
} as const satisfies Readonly<Record<Change, keyof ReviewFile>>;

export interface Opened {
  fileNo: number;
  change: Change;
}

export function countOf(file: ReviewFile, change: Change): number {
  return file[FIELDS[change]];
}

/** What would become of the rows of each file. A number opens its rows. */
export function ReviewTable({
  files,
  opened,
  onOpen,
}: {
  files: readonly ReviewFile[];
  opened: Opened | null;
  /** Null: closes what is open. */
  onOpen: (opened: Opened | null) => void;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard
    <section className="table-scroll" tabIndex={0} aria-label={texts.label}>
      <table className="figures review-table">
        <thead>
          <tr>
            <th scope="col">{texts.file}</th>
            {CHANGES.map((change) => (
              <th key={change} scope="col" className="figure">
                {texts[change]}
              </th>
            ))}
            <th scope="col" className="figure">
              {texts.skipped}
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <FileRow key={file.fileNo} file={file} opened={opened} onOpen={onOpen} />
          ))}
        </tbody>
        {files.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{texts.total}</th>
              {CHANGES.map((change) => (
                <td key={change} className="figure">
                  {figure(files.reduce((sum, file) => sum + countOf(file, change), 0))}
                </td>
              ))}
              <td className="figure">{figure(files.reduce((sum, file) => sum + file.skipped, 0))}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

function FileRow({
  file,
  opened,
  onOpen,
}: {
  file: ReviewFile;
  opened: Opened | null;
  onOpen: (opened: Opened | null) => void;
}) {
  return (
    <tr>
      <th scope="row">
        <span className="review-file">{file.name}</span>
        <span className="soft small"> {texts.of(file.rows, file.type)}</span>
        {file.changedColumns.length > 0 && (
          <p className="review-columns">
            {texts.changedColumns}{' '}
            {file.changedColumns
              .map(({ column, rows }) => texts.changedColumn(columnHeading(file.type, column), rows))
              .join(' · ')}
          </p>
        )}
      </th>
      {CHANGES.map((change) => {
        const count = countOf(file, change);
        const isOpen = opened?.fileNo === file.fileNo && opened.change === change;
        return (
          <td key={change} className="figure" data-none={count === 0 || undefined}>
            {count === 0 ? (
              figure(0)
            ) : (
              <button
                type="button"
                className="review-count"
                data-change={change}
                aria-pressed={isOpen}
                aria-label={texts.show(count, change, file.name)}
                onClick={() => onOpen(isOpen ? null : { fileNo: file.fileNo, change })}
              >
                {figure(count)}
              </button>
            )}
          </td>
        );
      })}
      <td className="figure" data-none={file.skipped === 0 || undefined}>
        {figure(file.skipped)}
      </td>
    </tr>
  );
}
