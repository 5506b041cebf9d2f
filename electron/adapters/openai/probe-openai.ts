import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import { isUnencrypted } from '../../../shared/settings/connection-rules.ts';
import { networkCodeOf, networkProblem } from '../../../shared/settings/network-problems.ts';
import type { OpenAiSettings } from '../../../shared/settings/profile.ts';
import type { ConnectionProbe, ProbeFindings } from '../../engine/connection-test-port.ts';
import { createOpenAiEmbeddings } from './openai-embeddings.ts';
import { openAiAccess } from './profile-access.ts';

const WORD = 'library';
const TIMEOUT_MS = 15_000;
const OPENAI = 'https://api.openai.com/v1';

/** Problems that go away by themselves, or that only somebody should know. */
const BEARABLE: ReadonlySet<ProbeProblem['code']> = new Set(['rate-limited', 'unencrypted']);

/** Has one word embedded and looks at the length of the vector. Costs one token. */
export function createOpenAiProbe(): ConnectionProbe {
  return {
    part: 'openai',
    async run({ profile, secret }, signal) {
      const { openai } = profile;
      if (openai === null) return notConfigured(profile.kind === 'sandbox');
      const access = await openAiAccess(openai, profile.kind, secret);
      if ('problem' in access) return findings([access.problem]);
      const warnings = unencrypted(openai);
      try {
        const embedder = createOpenAiEmbeddings({ ...access.options, timeoutMs: TIMEOUT_MS });
        const { vectors, tokens } = await embedder.embed([WORD], signal);
        const facts = [
          `The word "${WORD}" became a vector of ${vectors[0]?.length ?? 0} numbers (${tokens} ${tokens === 1 ? 'token' : 'tokens'}).`,
          ...limitFacts(openai, embedder.usdPerMillionTokens),
        ];
        return findings(warnings, facts, openai.embeddingModel);
      } catch (thrown) {
        signal.throwIfAborted();
        if (!(thrown instanceof AppError)) throw thrown;
        return findings([embeddingProblem(thrown, openai), ...warnings]);
      }
    },
  };
}

/** What the adapter threw, in words that speak of the profile and not of variables. */
export function embeddingProblem(error: AppError, settings: OpenAiSettings): ProbeProblem {
  const { embeddingModel: model, dimensions } = settings;
  const url = new URL(settings.baseUrl ?? OPENAI);
  const where = settings.baseUrl === null ? 'OpenAI' : `The embedding service at ${url.host}`;
  const reason = error.cause instanceof Error ? error.cause.message : '';
  const problem = (code: ProbeProblem['code'], message: string, hint: string): ProbeProblem => ({
    code,
    message,
    hint,
    fix: null,
  });
  switch (error.code) {
    case 'embedding.login':
      return /\b403\b/.test(reason)
        ? problem(
            'right-missing',
            `${where} does not let this key use the model "${model}".`,
            'Choose another model in the profile, or have the project that the key belongs to admitted to it.',
          )
        : problem(
            'login',
            `${where} does not accept the key.`,
            'Enter the key again; if it stays so, make a new one in the account and enter that.',
          );
    case 'embedding.quota':
      return problem(
        'quota',
        `${where} accepts the key, but the account has no credit left, or has been closed.`,
        'Look at plan and billing of the account that the key belongs to: somebody has to pay or to raise its limit.',
      );
    case 'embedding.rate-limited':
      return problem(
        'rate-limited',
        `${where} accepts the key, but is asked too much at this moment.`,
        'Nothing to do: a load waits and goes on. Test again in a minute.',
      );
    case 'embedding.dimensions':
      return problem(
        'dimensions',
        `${error.message.replace(/, but.*/, '')}, but the profile asks for ${dimensions}.`,
        `Choose a model with ${dimensions} dimensions (text-embedding-3-small has 1536), or set the dimensions in the profile to what the model gives if the index is to be made anew.`,
      );
    case 'embedding.unreachable':
      return unreachable(error, url, where);
  }
  if (/model_not_found/.test(reason))
    return problem(
      'model-missing',
      `${where} has no model called "${model}", or not for this key.`,
      'Correct the name of the embedding model in the profile.',
    );
  if (/\b(404|405)\b/.test(reason))
    return problem(
      'wrong-service',
      `Something answers at ${url.origin}, but no embedding service does under ${url.pathname}.`,
      'Check the address in the profile; most services want it to end in /v1.',
    );
  return problem(
    'failed',
    `${where} cannot embed a word with the model "${model}".`,
    'Check address, model and dimensions in the profile.',
  );
}

function unreachable(error: AppError, url: URL, where: string): ProbeProblem {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const code = networkCodeOf(error.cause);
  const network = networkProblem(code, {
    what: 'The embedding service',
    host: url.hostname,
    port,
    usualPort: 'it stands in the address in the profile',
    ownAuthority: false,
  });
  if (network === null)
    return {
      code: 'no-answer',
      message: `${where} does not answer as it should.`,
      hint: 'Test again later; if it stays so, look at the status page of the service.',
      fix: null,
    };
  if (network.code !== 'unknown-authority') return network;
  // There is no field for an authority here: a school's filter that reads along has its own in the system's store.
  return {
    ...network,
    hint: 'If the school filters its traffic, have the certificate of the filter installed on this computer; otherwise check the address.',
  };
}

/** A limit that nobody can keep must not be taken for one that is kept. */
function limitFacts({ spendLimitUsd, embeddingModel }: OpenAiSettings, price: number | null): string[] {
  return spendLimitUsd === null || price !== null
    ? []
    : [
        `The limit of $${spendLimitUsd} a load is not kept: what "${embeddingModel}" costs at this service is not known here.`,
      ];
}

function unencrypted({ baseUrl }: OpenAiSettings): ProbeProblem[] {
  if (baseUrl === null || !isUnencrypted(baseUrl)) return [];
  const url = new URL(baseUrl);
  return [
    {
      code: 'unencrypted',
      message: `Key and texts travel unencrypted to ${url.host}.`,
      hint: 'Use an address that begins with https://, unless you trust everything between here and there.',
      fix: null,
    },
  ];
}

function findings(
  problems: readonly ProbeProblem[],
  facts: readonly string[] = [],
  version: string | null = null,
): ProbeFindings {
  const bearable = problems.every(({ code }) => BEARABLE.has(code));
  const state = problems.length === 0 ? 'ok' : bearable ? 'attention' : 'failed';
  return { state, version, facts, problems };
}

function notConfigured(sandbox: boolean): ProbeFindings {
  const fact = sandbox
    ? 'Books are compared by their words, on this computer: no key is needed, and the results are approximate.'
    : 'The profile has no embedding service: books get no vectors.';
  return { state: 'not-configured', version: null, facts: [fact], problems: [] };
}
