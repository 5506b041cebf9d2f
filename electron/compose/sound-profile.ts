import type { ProbePart, ProbeProblem } from '../../shared/contract/profile-test.ts';
import { AppError } from '../../shared/errors.ts';
import type { SavedProfile, VectorStoreSettings } from '../../shared/settings/profile.ts';
import { checkProfile } from '../../shared/settings/profile-problems.ts';
import type { ConnectionProbe } from '../engine/connection-test-port.ts';

/*
 * Screens and commands save only what will do; a file that was written by hand may hold anything of the right form,
 * and one of a newer Accession what this one cannot do. A load through it does not begin, and its test says so.
 */

/** Throws settings.invalid. */
export function throwIfUnsound(saved: SavedProfile): void {
  const problems = Object.entries(problemsOf(saved)).map(([path, problem]) => `  - ${path}: ${problem}`);
  if (problems.length > 0)
    throw new AppError({
      code: 'settings.invalid',
      message: `The profile "${saved.name}" cannot be used as it is:\n${problems.join('\n')}`,
      hint: 'Correct it on its page, or with: accession profiles edit',
    });
  const index = unbuildable(saved.vectorStore);
  if (index !== null)
    throw new AppError({
      code: 'settings.invalid',
      message: `The profile "${saved.name}" cannot be used as it is. ${index.message}`,
      hint: index.hint,
    });
}

/** The same probe, which touches nothing where a load would not begin for this part. */
export function soundPartsOnly(probe: ConnectionProbe): ConnectionProbe {
  return {
    part: probe.part,
    async run(target, signal) {
      const problems = partProblems(target.profile, probe.part);
      if (problems.length === 0) return await probe.run(target, signal);
      return { state: 'failed', version: null, facts: [], problems };
    },
  };
}

const SETTINGS_OF: Readonly<Record<ProbePart, string>> = {
  postgres: 'postgres',
  kafka: 'kafka',
  openai: 'openai',
  'vector-store': 'vectorStore',
};

function partProblems(profile: SavedProfile, part: ProbePart): ProbeProblem[] {
  const index = part === 'vector-store' ? unbuildable(profile.vectorStore) : null;
  const unsound = Object.entries(problemsOf(profile)).filter(
    ([path]) => path.split('.')[0] === SETTINGS_OF[part],
  );
  return [
    ...(index === null ? [] : [index]),
    // The probes themselves say more of a broken rule about encryption (shared/settings/connection-rules.ts).
    ...unsound
      .filter(([path]) => !TOLD_BY_PROBES.has(path))
      .map(([path, message]) =>
        problem(path.endsWith('.ca') ? 'certificate-unreadable' : 'failed', message, CORRECT),
      ),
  ];
}

const TOLD_BY_PROBES: ReadonlySet<string> = new Set(['postgres.tls', 'kafka.tls', 'kafka.clientCertificate']);
const CORRECT = 'Correct it in the profile, then test again.';

function problemsOf(saved: SavedProfile): Record<string, string> {
  const checked = checkProfile(saved.id, saved, []);
  return checked.ok ? {} : checked.problems;
}

/** The same limits as VECTOR_INDEX and VECTOR_METRIC have: what is not built yet must not be taken for flat and L2. */
function unbuildable({ index, metric }: VectorStoreSettings): ProbeProblem | null {
  if (index === 'flat' && metric === 'l2') return null;
  return problem(
    'index-unusable',
    `The profile asks for an index (${index}, ${metric}) that this version of Accession cannot build.`,
    'Choose flat and l2 in the profile.',
  );
}

function problem(code: ProbeProblem['code'], message: string, hint: string): ProbeProblem {
  return { code, message, hint, fix: null };
}
