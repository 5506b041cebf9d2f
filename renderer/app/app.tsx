import { BackendPanel } from '../features/health/backend-panel.tsx';
import type { BackendState } from '../features/health/backend-state.ts';
import { useBackend } from '../features/health/use-backend.ts';
import type { Bridge } from '../lib/bridge.ts';
import markUrl from './mark.svg';

const commands = [
  {
    title: 'Look first',
    text: 'Finds every problem in the files and writes nothing.',
    line: 'npm run -s accession -- check books.csv students.csv checkouts.csv',
  },
  {
    title: 'Then load',
    text: 'Puts the good rows in, and says which were left out and why.',
    line: 'npm run -s accession -- load books.csv students.csv checkouts.csv',
  },
];

export function App({ bridge }: { bridge: Bridge | null }) {
  const { state, retry } = useBackend(bridge);
  return <Welcome state={state} onRetry={retry} />;
}

export function Welcome({ state, onRetry }: { state: BackendState; onRetry: () => void }) {
  return (
    <main className="page">
      <header className="masthead">
        <img src={markUrl} alt="" width="44" height="44" />
        <h1>Accession</h1>
      </header>
      <p className="lead">
        Loads your library’s books, students and checkouts from CSV files into the database your reading
        recommendations come from.
      </p>
      <BackendPanel state={state} onRetry={onRetry} />
      <section className="panel" aria-labelledby="commands-heading">
        <h2 id="commands-heading">Loading a term</h2>
        <p>
          For now, files are loaded from the command line. This window will take them over; until then, type
          these two commands in the folder Accession lives in.
        </p>
        <ol className="steps">
          {commands.map((command) => (
            <li key={command.title}>
              <h3>{command.title}</h3>
              <p>{command.text}</p>
              <pre>
                <code>{command.line}</code>
              </pre>
            </li>
          ))}
        </ol>
      </section>
    </main>
  );
}
