import { useEffect, useState } from 'react';
import type { About } from '../../../shared/contract/about.ts';
import { EmptyScreen } from '../../components/empty-screen.tsx';
import type { ConnectionState } from '../../lib/client-state.ts';
import { screenTexts } from '../../texts/screens.ts';
import { shellTexts } from '../../texts/shell.ts';

const texts = screenTexts.health;

/** So far: the program behind the page. */
export function HealthScreen({
  connection,
  about,
}: {
  connection: ConnectionState;
  about: () => Promise<About>;
}) {
  const known = useAbout(connection, about);
  return (
    <EmptyScreen texts={texts}>
      <section className="card" aria-label={texts.programTitle}>
        <h2>{texts.programTitle}</h2>
        <dl className="facts">
          <div>
            <dt>{texts.facts.state}</dt>
            <dd>{shellTexts.connection[connection.kind]}</dd>
          </div>
          {known !== null && (
            <>
              <div>
                <dt>{texts.facts.version}</dt>
                <dd>{known.version}</dd>
              </div>
              <div>
                <dt>{texts.facts.runsOn}</dt>
                <dd>{texts.facts.node(known.nodeVersion)}</dd>
              </div>
            </>
          )}
        </dl>
      </section>
    </EmptyScreen>
  );
}

/** Asked anew of each run of the backend. An answer that does not come is told by the connection already. */
function useAbout(connection: ConnectionState, about: () => Promise<About>): About | null {
  const [known, setKnown] = useState<About | null>(null);
  const server = connection.kind === 'open' ? connection.server : null;
  useEffect(() => {
    if (server === null) return setKnown(null);
    let current = true;
    about().then(
      (answer) => current && setKnown(answer),
      () => current && setKnown(null),
    );
    return () => {
      current = false;
    };
  }, [server, about]);
  return known;
}
