import { APIConnectionError, APIError } from 'openai';
import { AppError } from '../../../shared/errors.ts';
import { retryAfterMsOf } from './retry-after.ts';

/** Codes and types with which OpenAI says that waiting does not help: somebody has to pay or raise a limit. */
const QUOTA_WORDS: readonly string[] = [
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'account_deactivated',
  'access_terminated',
];
/** A 400 about these concerns every request alike, not the texts of this one. */
const REQUEST_WIDE_PARAMS: readonly string[] = ['model', 'dimensions', 'encoding_format', 'user'];

/**
 * The client's errors in a librarian's words. What the service wrote travels in `cause` alone, and with the
 * texts and keys that servers like to repeat taken out of it.
 */
export function toEmbeddingError(thrown: unknown, model: string, nowMs: number): AppError {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof APIError)) return brokenAnswer(thrown);
  const cause = withoutBody(thrown);
  const retryAfterMs = retryAfterMsOf(thrown.headers, nowMs);
  const status = thrown.status;
  if (thrown instanceof APIConnectionError || status === undefined) return unreachable(cause, null);
  if (QUOTA_WORDS.includes(thrown.code ?? '') || QUOTA_WORDS.includes(thrown.type ?? '')) {
    return new AppError({
      code: 'embedding.quota',
      message: 'The account with the embedding service has no credit left, or has been closed.',
      hint: 'Look at the plan and billing of the account that OPENAI_API_KEY belongs to, then resume the load.',
      cause,
    });
  }
  if (status === 401 || status === 403) {
    return new AppError({
      code: 'embedding.login',
      message:
        status === 401
          ? 'The embedding service does not accept the key.'
          : `The embedding service does not let this key use the model ${model}.`,
      hint: 'Check OPENAI_API_KEY (and OPENAI_BASE_URL, if you use another service), then resume the load.',
      cause,
    });
  }
  if (status === 429) {
    return new AppError({
      code: 'embedding.rate-limited',
      message: 'The embedding service asks us to send less at a time.',
      hint: 'Nothing to do: the load waits and goes on. A higher limit for the account makes it faster.',
      retryable: true,
      retryAfterMs,
      cause,
    });
  }
  if (status === 408 || status === 409 || status >= 500) return unreachable(cause, retryAfterMs);
  const aboutTexts = [400, 413, 422].includes(status) && !REQUEST_WIDE_PARAMS.includes(thrown.param ?? '');
  return aboutTexts
    ? new AppError({
        code: 'embedding.refused',
        message: 'The embedding service refuses the text.',
        hint: 'Look at the title and description of the book for something unusual, correct it and load it again.',
        cause,
      })
    : failed(`The embedding service cannot do this with the model ${model} (status ${status}).`, cause);
}

function unreachable(cause: unknown, retryAfterMs: number | null): AppError {
  return new AppError({
    code: 'embedding.unreachable',
    message: 'The embedding service does not answer.',
    hint: 'Check the network and OPENAI_BASE_URL; if both are right, the service has a problem: resume the load later.',
    retryable: true,
    retryAfterMs,
    cause,
  });
}

/** An answer that broke off or is no JSON comes as an ordinary error of the runtime. */
function brokenAnswer(thrown: unknown): AppError {
  return thrown instanceof RangeError
    ? failed('The embedding service sends unreadable vectors.', thrown)
    : unreachable(thrown, null);
}

function failed(message: string, cause: unknown): AppError {
  return new AppError({
    code: 'embedding.failed',
    message,
    hint: 'Check EMBEDDING_MODEL and OPENAI_BASE_URL, then resume the load.',
    cause,
  });
}

/** Services repeat parts of a key, and of the texts, in their error bodies. */
function withoutBody(error: APIError): Error {
  const reason = [error.name, error.status, error.type, error.code, error.param, error.requestID]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(' ');
  const below = error.cause instanceof Error ? error.cause : undefined;
  return new Error(reason, below === undefined ? undefined : { cause: below });
}
