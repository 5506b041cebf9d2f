import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ConnectionProbe, ProbeFindings, ProbeTarget } from '../../engine/connection-test-port.ts';
import type { Vectors } from '../../engine/vectors-port.ts';

export interface OpenedVectors {
  vectors: Pick<Vectors, 'counts' | 'nearest'>;
  close(): Promise<void>;
}

/** Only where a profile says nothing about vectors; the recommendation engine's own length. */
const DIMENSIONS = 1536;

/** The index in the database itself: counts its vectors and searches them exactly, as a search does. */
export function createPgvectorProbe(options: {
  open: (target: ProbeTarget) => Promise<OpenedVectors>;
}): ConnectionProbe {
  return {
    part: 'vector-store',
    async run(target, signal) {
      const { profile } = target;
      if (profile.postgres === null)
        return {
          state: 'not-configured',
          version: null,
          facts: ['The index is inside Accession, on this computer.'],
          problems: [],
        };
      try {
        const { vectors, close } = await options.open(target);
        try {
          const { vectors: stored } = await vectors.counts(signal);
          const query = new Float32Array(profile.openai?.dimensions ?? DIMENSIONS);
          query[0] = 1;
          const hits = await vectors.nearest(query, 1, signal);
          const found =
            stored === 0
              ? 'found nothing, as nothing is loaded yet'
              : `found ${hits.length} of ${stored.toLocaleString('en-US')} books`;
          return { state: 'ok', version: null, facts: [`A search in the database ${found}.`], problems: [] };
        } finally {
          await close();
        }
      } catch (thrown) {
        signal.throwIfAborted();
        if (!(thrown instanceof AppError)) throw thrown;
        return failed(thrown);
      }
    },
  };
}

function failed(error: AppError): ProbeFindings {
  const problem: ProbeProblem = {
    code: 'database-unusable',
    message: `The index is in the database, which cannot be searched now. ${error.message}`,
    hint: 'See what the test of the database says; once that is mended, this will be too.',
    fix: null,
  };
  return { state: 'failed', version: null, facts: [], problems: [problem] };
}
