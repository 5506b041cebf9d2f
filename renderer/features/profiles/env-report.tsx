import { profileTexts } from '../../texts/profiles.ts';
import type { EnvOutcome } from './profiles-api.ts';

const texts = profileTexts.env;

/** What of a `.env` was taken, and what was not: names only, never a value. */
export function EnvReport({ report }: { report: EnvOutcome['report'] }) {
  return (
    <div className="report">
      <Lines title={texts.taken} lines={report.taken.map(({ name, as }) => texts.takenRow(name, as))} />
      <Lines title={texts.missing} lines={report.missing} />
      <Lines title={texts.notes} lines={report.notes} />
      <Lines
        title={texts.ignored}
        lines={report.ignored.map(({ name, why }) => texts.ignoredRow(name, why))}
      />
    </div>
  );
}

export function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className="plain-list">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
