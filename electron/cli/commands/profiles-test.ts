import type { ProbePart, ProbeResult } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import { testConnection } from '../../application/profiles/test-connection.ts';
import { connectionTest } from '../../compose/connection-probes.ts';
import { probeTargetOf } from '../../compose/profile-under-test.ts';
import { findChosenProfile } from '../../compose/saved-profile.ts';
import { EXIT } from '../run-command.ts';
import { duration, type Style } from '../terminal.ts';
import type { ProfilesContext } from './profiles.ts';

/** SQL of more lines than this is left to `db prepare --print`. */
const MOST_LINES = 20;

const TITLES: Readonly<Record<ProbePart, string>> = {
  postgres: 'database',
  kafka: 'Kafka',
  openai: 'embeddings',
  'vector-store': 'index',
};

/**
 * `accession profiles test [NAME]`: without a name, what a command without `--profile` would work with. Failed (1)
 * where a part failed; what only wants attention is done (0).
 */
export async function testProfileCommand(
  { terminal, json }: ProfilesContext,
  name: string | null,
  options: { part?: ProbePart[] },
): Promise<number> {
  const abort = new AbortController();
  const interrupt = (): void => abort.abort(stopped());
  process.once('SIGINT', interrupt);
  try {
    const chosen = await findChosenProfile(process.env, name, (notice) => terminal.say(notice));
    const target = probeTargetOf(chosen);
    const results = await testConnection(
      connectionTest(chosen.homeDir),
      target,
      {
        parts: options.part,
        onResult: (result) => {
          if (!json) terminal.print(resultText(result, target.profile.name, terminal.style));
        },
      },
      abort.signal,
    );
    if (json) terminal.print(JSON.stringify({ profile: target.profile.name, results }, null, 2));
    return results.some(({ state }) => state === 'failed') ? EXIT.failed : EXIT.done;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function resultText(result: ProbeResult, profile: string, style: Style): string {
  const marks = {
    ok: style.green('✓'),
    attention: style.yellow('!'),
    failed: style.red('✗'),
    'not-configured': style.dim('–'),
  };
  const version = result.version === null ? '' : `${result.version}, `;
  const lines = [
    `${marks[result.state]} ${style.bold(TITLES[result.part].padEnd(11))} ${version}${duration(result.ms)}`,
  ];
  for (const fact of result.facts) lines.push(style.dim(`    ${fact}`));
  const told = new Set<string>();
  for (const { message, hint, fix } of result.problems) {
    lines.push(
      `    ${result.state === 'failed' ? style.red(message) : style.yellow(message)}`,
      `    ${hint}`,
    );
    // One statement may mend several problems.
    const mend = fixLines(fix, profile).map((line) => `      ${line}`);
    if (told.has(mend.join('\n'))) continue;
    told.add(mend.join('\n'));
    lines.push(...mend);
  }
  return lines.join('\n');
}

function fixLines(fix: ProbeResult['problems'][number]['fix'], profile: string): string[] {
  if (fix === null) return [];
  if (fix.kind === 'commands') return fix.commands;
  if (fix.kind === 'db-prepare') return [`accession db prepare --profile "${profile}"`];
  const lines = fix.sql.trimEnd().split('\n');
  return lines.length > MOST_LINES ? [`accession db prepare --print --profile "${profile}"`] : lines;
}

function stopped(): AppError {
  return new AppError({ code: 'stopped', message: 'Stopped.', hint: 'The test left nothing behind.' });
}
