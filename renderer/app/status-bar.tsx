import { Choice } from '../components/choice.tsx';
import type { ConnectionState } from '../lib/client-state.ts';
import { usePage } from '../lib/page-context.tsx';
import { shellTexts } from '../texts/shell.ts';

const THEMES = ['auto', 'light', 'dark'] as const;

/** What was done last (read aloud), which version this is, and the look of the page. */
export function StatusBar({ connection }: { connection: ConnectionState }) {
  const { said, preferences, prefer } = usePage();
  return (
    <footer className="status-bar">
      <div role="status" aria-label={shellTexts.status.label} className="status-said" data-tone={said?.tone}>
        {/* Keyed: the same words twice are news, too. */}
        <span key={said?.at}>{said?.text}</span>
      </div>
      {connection.kind === 'open' && (
        <span className="status-version">{shellTexts.status.version(connection.version)}</span>
      )}
      <div className="status-theme">
        <Choice
          label={shellTexts.theme.label}
          value={preferences.theme}
          options={THEMES.map((value) => ({ value, words: shellTexts.theme[value] }))}
          onChange={(theme) => prefer({ theme })}
        />
      </div>
    </footer>
  );
}
