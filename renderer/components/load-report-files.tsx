import { COUNTS, type FileLine, sums } from '../lib/report-view.ts';
import { typeHeading } from '../texts/records.ts';
import { reportTexts } from '../texts/report.ts';
import { CountCells, CountHeadings } from './count-cells.tsx';

const texts = reportTexts.files;

/** What became of the rows of each file. */
export function LoadReportFiles({ files, zeros }: { files: readonly FileLine[]; zeros: number }) {
  return (
    <section className="load-report-files">
      <h2>{texts.title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label={texts.label}>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{texts.file}</th>
              <CountHeadings counts={COUNTS} />
            </tr>
          </thead>
          <tbody>
            {files.map((file, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and their order is fixed
              <tr key={at}>
                <th scope="row">
                  {file.name} <span className="soft">{typeHeading(file.type)}</span>
                </th>
                <CountCells counts={COUNTS} of={file} />
              </tr>
            ))}
          </tbody>
          {files.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">{texts.total}</th>
                <CountCells counts={COUNTS} of={sums(files)} />
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      {zeros > 0 && <p className="soft small">{texts.zeros(zeros)}</p>}
    </section>
  );
}
