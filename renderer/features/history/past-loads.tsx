import { CountCells, CountHeadings } from '../../components/count-cells.tsx';
import { addressOf } from '../../lib/place.ts';
import { dayAndTime } from '../../texts/amounts.ts';
import { historyTexts } from '../../texts/history.ts';
import { reportTexts } from '../../texts/report.ts';
import type { PastLoad } from './use-history.ts';

const texts = historyTexts.list;
const COUNTS = ['inserted', 'updated', 'unchanged', 'rejected'] as const;
/** Names shown of a load's files; of a whole term the rest is counted. */
const NAMED_FILES = 3;

const TONES: Readonly<Record<string, string>> = {
  loaded: 'good',
  partial: 'warn',
  failed: 'bad',
  stopped: 'warn',
};

/** Past loads as a table; each opens as a report. */
export function PastLoads({ loads }: { loads: readonly PastLoad[] }) {
  const now = new Date();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard
    <section className="table-scroll past-loads" tabIndex={0} aria-label={texts.label}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{texts.when}</th>
            <th scope="col">{texts.files}</th>
            <th scope="col">{texts.status}</th>
            <CountHeadings counts={COUNTS} />
          </tr>
        </thead>
        <tbody>
          {loads.map((load) => (
            <tr key={load.loadId}>
              <th scope="row">
                {/* The link covers its row, so that a press anywhere in it opens the load. */}
                <a className="past-load" href={addressOf('history', load.loadId)}>
                  {dayAndTime(new Date(load.startedAt), now)}
                </a>
              </th>
              <td className="past-files">{filesOf(load)}</td>
              <td>
                <span className="tag" data-tone={TONES[load.status]}>
                  {reportTexts.status(load.status)}
                </span>
              </td>
              <CountCells counts={COUNTS} of={load.counts} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function filesOf({ files }: PastLoad): string {
  const names = files.slice(0, NAMED_FILES).map(({ name }) => name);
  const others = files.length - names.length;
  return others > 0 ? `${names.join(', ')} ${texts.otherFiles(others)}` : names.join(', ');
}
