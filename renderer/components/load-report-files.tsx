import { figure } from '../../shared/amounts.ts';
import { COUNTS, type Count, type FileLine, sums } from '../lib/report-view.ts';
import { typeHeading } from '../texts/records.ts';
import { reportTexts } from '../texts/report.ts';

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
              {COUNTS.map((count) => (
                <th key={count} scope="col" className="figure">
                  {texts[count]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {files.map((file, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and their order is fixed
              <tr key={at}>
                <th scope="row">
                  {file.name} <span className="soft">{typeHeading(file.type)}</span>
                </th>
                <Counts of={file} />
              </tr>
            ))}
          </tbody>
          {files.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">{texts.total}</th>
                <Counts of={sums(files)} />
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      {zeros > 0 && <p className="soft small">{texts.zeros(zeros)}</p>}
    </section>
  );
}

function Counts({ of }: { of: Readonly<Record<Count, number>> }) {
  return COUNTS.map((count) => (
    <td key={count} className="figure" data-count={count} data-none={of[count] === 0 || undefined}>
      {figure(of[count])}
    </td>
  ));
}
