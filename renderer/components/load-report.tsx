import type { ReactNode } from 'react';
import type { LoadReportView } from '../../shared/contract/load-report.ts';
import { factsOf, partsOf, stepTimes, summaryOf, zerosRestored } from '../lib/report-lines.ts';
import { type Headline, headlineOf, problemsOf } from '../lib/report-view.ts';
import type { ShownLoad } from '../lib/use-load-run.ts';
import { timeSpent } from '../texts/amounts.ts';
import { reportTexts } from '../texts/report.ts';
import { Banner, type Tone } from './banner.tsx';
import { LoadReportActions } from './load-report-actions.tsx';
import { LoadReportFiles } from './load-report-files.tsx';

const texts = reportTexts;

const TONES: Readonly<Record<Headline, Tone>> = {
  loaded: 'good',
  nothingNew: 'good',
  partial: 'warn',
  failed: 'bad',
  stopped: 'warn',
  rehearsed: 'info',
  undone: 'info',
  unfinished: 'info',
};

/** What a load did, in full: on the page, and on paper without what is around it. */
export function LoadReport({
  shown,
  profileId,
  target,
  onResumed,
  children,
}: {
  shown: ShownLoad;
  profileId: string | null;
  /** The profile's name; null where it is not known. */
  target: string | null;
  /** The load goes on. */
  onResumed: () => void;
  /** What can be done about rejected rows, where their files are still at hand. */
  children?: ReactNode;
}) {
  const { report } = shown;
  const headline = headlineOf(shown);
  const problems = problemsOf(shown);
  return (
    <article className="load-report" aria-label={texts.label}>
      <div className="load-report-top">
        <Banner tone={TONES[headline]} title={texts.headlines[headline]}>
          {summaryOf(shown, target)}
        </Banner>
        <LoadReportActions shown={shown} profileId={profileId} target={target} onResumed={onResumed} />
      </div>
      {problems.length > 0 && (
        <section className="load-report-problems" aria-label={texts.problems.title}>
          <h2>{texts.problems.title}</h2>
          <ul>
            {problems.map(({ message, hint }) => (
              <li key={message}>
                <p>{message}</p>
                <p className="soft">{hint}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {children}
      {report !== null && (
        <>
          <LoadReportFiles files={report.files} zeros={zerosRestored(report)} />
          <Facts report={report} />
        </>
      )}
      <Dates shown={shown} target={target} />
    </article>
  );
}

function Facts({ report }: { report: LoadReportView }) {
  return (
    <div className="load-report-parts">
      {partsOf(report).map(({ title, lines }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
      <section>
        <h2>{texts.time.title}</h2>
        <Times report={report} />
      </section>
    </div>
  );
}

function Times({ report }: { report: LoadReportView }) {
  const steps = stepTimes(report);
  const longest = Math.max(1, ...steps.map(({ ms }) => ms));
  return (
    <dl className="load-report-times">
      {steps.map(({ name, ms }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span
              className="load-report-bar"
              style={{ width: `${(ms / longest) * 100}%` }}
              aria-hidden="true"
            />
            <span>{timeSpent(ms)}</span>
          </dd>
        </div>
      ))}
      <div>
        <dt>{texts.time.total}</dt>
        <dd>
          <span aria-hidden="true" />
          <strong>{timeSpent(report.timings.totalMs)}</strong>
        </dd>
      </div>
    </dl>
  );
}

function Dates({ shown, target }: { shown: ShownLoad; target: string | null }) {
  return (
    <dl className="load-report-dates">
      {factsOf(shown, target).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
