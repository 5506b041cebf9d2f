import type { ReactNode } from 'react';
import { type ScreenTexts, screenTexts } from '../texts/screens.ts';
import { CodeLines } from './code-lines.tsx';
import { Icon } from './icon.tsx';
import { ScreenHeading } from './screen-heading.tsx';

/** A screen that is still to be built: what it will do, and what does the same today. Nothing on it pretends. */
export function EmptyScreen({ texts, children }: { texts: ScreenTexts; children?: ReactNode }) {
  return (
    <div className="screen">
      <ScreenHeading title={texts.title} lead={texts.lead} />
      {children}
      <div className="plan">
        <section aria-label={screenTexts.willLabel}>
          <h2>
            {screenTexts.willLabel} <span className="tag">{screenTexts.soon}</span>
          </h2>
          <ul className="plan-list">
            {texts.will.map((line) => (
              <li key={line}>
                <Icon name="skip" />
                <span>{line}</span>
              </li>
            ))}
          </ul>
        </section>
        <section aria-label={screenTexts.meanwhileLabel}>
          <h2>{screenTexts.meanwhileLabel}</h2>
          <p className="soft">{texts.meanwhile}</p>
          <ol className="commands">
            {texts.commands.map(({ does, line }) => (
              <li key={line}>
                <h3>{does}</h3>
                <CodeLines text={line} of={does} />
              </li>
            ))}
          </ol>
        </section>
      </div>
    </div>
  );
}
