import type { ProbeFix, ProbePart, ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { Button } from '../../components/button.tsx';
import { CodeLines } from '../../components/code-lines.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { prepareTexts } from '../../texts/prepare-database.ts';
import { testTexts } from '../../texts/profile-test.ts';
import type { PartState } from './use-tests.ts';

const ICONS: Readonly<Record<string, IconName>> = {
  ok: 'check',
  attention: 'alert',
  failed: 'cross',
  'not-configured': 'skip',
  running: 'pulse',
  broken: 'alert',
  stopped: 'skip',
};

/** One part of a profile: its state in a word, then what was found, then what is wrong and how to mend it. */
export function TestPart({
  part,
  state,
  profile,
  readOnly,
  onPrepare,
  onSettings,
}: {
  part: ProbePart;
  state: PartState;
  /** As a command names it. */
  profile: string;
  readOnly: boolean;
  onPrepare: () => void;
  onSettings: () => void;
}) {
  const kind = state.kind === 'done' ? state.result.state : state.kind;
  const name = testTexts.parts[part];
  const result = state.kind === 'done' ? state.result : null;
  return (
    <li className="test-part" data-state={kind}>
      <div className="test-line">
        <span className="test-mark">
          <Icon name={ICONS[kind] ?? 'info'} />
        </span>
        <h3>{name}</h3>
        <span className="test-state">{testTexts.states[kind]}</span>
        {result !== null && result.version !== null && <span className="soft">{result.version}</span>}
        {result !== null && kind !== 'not-configured' && (
          <span className="test-time">{testTexts.time(result.ms)}</span>
        )}
      </div>
      {state.kind === 'broken' && (
        <p className="test-words">
          {state.failure.message} {state.failure.hint}
        </p>
      )}
      {result !== null && result.problems.length > 0 && (
        <div className="test-problems">
          {result.problems.map((problem, at) => (
            <div key={`${problem.code} ${problem.message}`} className="test-problem">
              <p className="test-words">
                <strong>{problem.message}</strong>
              </p>
              <p className="test-words">{problem.hint}</p>
              {problem.fix !== null && !isShown(problem.fix, result.problems.slice(0, at)) && (
                <Fix fix={problem.fix} profile={profile} readOnly={readOnly} onPrepare={onPrepare} />
              )}
            </div>
          ))}
          {kind === 'failed' && (
            <div>
              <Button look="quiet" onPress={onSettings}>
                {testTexts.settings(name)}
              </Button>
            </div>
          )}
        </div>
      )}
      {result !== null && result.facts.length > 0 && (
        <ul className="test-facts" aria-label={testTexts.facts(name)}>
          {result.facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Two problems may have one mend: it is offered with the first. */
function isShown(fix: ProbeFix, before: readonly ProbeProblem[]): boolean {
  return before.some((problem) => JSON.stringify(problem.fix) === JSON.stringify(fix));
}

function Fix({
  fix,
  profile,
  readOnly,
  onPrepare,
}: {
  fix: ProbeFix;
  profile: string;
  readOnly: boolean;
  onPrepare: () => void;
}) {
  switch (fix.kind) {
    case 'db-prepare':
      return (
        <div className="fix">
          <h4>{testTexts.prepareTitle}</h4>
          {readOnly ? (
            <p className="soft">{prepareTexts.readOnly}</p>
          ) : (
            <>
              <div>
                <Button onPress={onPrepare}>{prepareTexts.action}</Button>
              </div>
              <p className="soft">{testTexts.prepareText}</p>
              <CodeLines text={testTexts.prepareCommand(profile)} of={testTexts.commandLabel} />
            </>
          )}
          <CodeLines text={fix.sql} of={testTexts.sqlLabel} />
        </div>
      );
    case 'sql':
      return (
        <div className="fix">
          <h4>{testTexts.sqlTitle}</h4>
          <CodeLines text={fix.sql} of={testTexts.sqlLabel} />
        </div>
      );
    case 'commands':
      return (
        <div className="fix">
          <h4>{testTexts.commandsTitle}</h4>
          <CodeLines text={fix.commands.join('\n')} of={testTexts.commandsLabel} />
        </div>
      );
  }
}
