import type { BackendState } from './backend-state.ts';

/** One panel that says, in words, whether the program behind the window is working. */
export function BackendPanel({ state, onRetry }: { state: BackendState; onRetry: () => void }) {
  return (
    <section className="panel panel-slim" aria-label="Status">
      <div className="status" role="status" data-state={state.kind}>
        <span className="status-dot" aria-hidden="true" />
        <Words state={state} />
      </div>
      {state.kind === 'running' && (
        <dl className="facts">
          <div>
            <dt>Version</dt>
            <dd>{state.about.version}</dd>
          </div>
          <div>
            <dt>Runs on</dt>
            <dd>Node {state.about.nodeVersion}</dd>
          </div>
        </dl>
      )}
      {state.kind === 'stopped' && (
        <button type="button" className="button" onClick={onRetry}>
          Start it again
        </button>
      )}
    </section>
  );
}

function Words({ state }: { state: BackendState }) {
  switch (state.kind) {
    case 'running':
      return (
        <p>
          <strong>Ready.</strong> {state.about.name} is running.
        </p>
      );
    case 'starting':
      return (
        <p>
          <strong>Starting…</strong>
        </p>
      );
    case 'stopped':
      return (
        <p>
          <strong>Not running.</strong> {state.message} {state.hint}
        </p>
      );
    case 'no-shell':
      return (
        <p>
          <strong>Shown without its desktop shell.</strong> This page is open in a browser, so there is no
          program behind it. The commands work all the same.
        </p>
      );
  }
}
