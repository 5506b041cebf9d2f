import { type ApiError, MAX_INPUTS } from './openai-protocol.ts';

/** Ways in which the real service, or the network before it, fails. */
export type StandInFailure =
  /** 429 with Retry-After. */
  | { kind: 'rate-limit'; retryAfterSeconds?: number }
  /** 429 insufficient_quota: no credit left, waiting does not help. */
  | { kind: 'quota' }
  | { kind: 'server-error' }
  | { kind: 'unavailable'; retryAfterSeconds?: number }
  | { kind: 'invalid-key' }
  /** The connection breaks before any answer. */
  | { kind: 'reset' }
  /** The connection breaks in the middle of the answer. */
  | { kind: 'cut' }
  /** No answer until the client or the stand-in gives up. */
  | { kind: 'hang' }
  /** 200, but each vector has this many numbers. */
  | { kind: 'wrong-dimensions'; dimensions: number };

/** How often: the next `times` requests, or evenly this `fraction` (0 to 1) of all that follow. */
export type FailureExtent = { times: number } | { fraction: number };

/** The failures that are an ordinary answer; null for the others. */
export function failureAnswer(failure: StandInFailure): ApiError | null {
  switch (failure.kind) {
    case 'rate-limit':
      return rateLimited(failure.retryAfterSeconds ?? 1, 'This request was one too many; try again later.');
    case 'quota':
      return {
        status: 429,
        message: 'The quota of this account is used up; see its plan and billing.',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      };
    case 'server-error':
      return {
        status: 500,
        message: 'The server failed while processing.',
        type: 'server_error',
        code: null,
      };
    case 'unavailable': {
      const headers = retryAfter(failure.retryAfterSeconds);
      return {
        status: 503,
        headers,
        message: 'The service is overloaded.',
        type: 'server_error',
        code: null,
      };
    }
    case 'invalid-key':
      return {
        status: 401,
        message: 'The API key is not correct.',
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      };
    case 'reset':
    case 'cut':
    case 'hang':
    case 'wrong-dimensions':
      return null;
  }
}

export const rateLimited = (retryAfterSeconds: number, message: string): ApiError => ({
  status: 429,
  headers: retryAfter(retryAfterSeconds),
  message,
  type: 'tokens',
  code: 'rate_limit_exceeded',
});

/** Both headers of the real service: whole seconds as HTTP has them, and milliseconds beside them. */
function retryAfter(seconds: number | undefined): Record<string, string> {
  if (seconds === undefined) return {};
  return { 'retry-after': String(Math.ceil(seconds)), 'retry-after-ms': String(Math.ceil(seconds * 1000)) };
}

/** Decides, request by request, which one fails. The latest order counts; an order used up means success. */
export function failurePlan(): {
  order: (failure: StandInFailure, extent: FailureExtent) => void;
  clear: () => void;
  next: () => StandInFailure | null;
} {
  let failure: StandInFailure | null = null;
  let extent: FailureExtent = { times: 0 };
  let seen = 0;
  return {
    order: (ordered, howOften) => {
      [failure, extent, seen] = [ordered, howOften, 0];
    },
    clear: () => {
      failure = null;
    },
    next: () => {
      seen += 1;
      if ('times' in extent) return seen <= extent.times ? failure : null;
      // Evenly spread rather than at random, so that a test gives the same result each time.
      return Math.floor(seen * extent.fraction) > Math.floor((seen - 1) * extent.fraction) ? failure : null;
    },
  };
}

/**
 * Tokens a minute as a bucket that refills steadily and holds one minute's worth. `take` answers 0 when the tokens
 * were granted, else the seconds after which they would be; null where they never could be.
 */
export function tokenBucket(tokensPerMinute: number, nowMs: () => number) {
  let left = tokensPerMinute;
  let at = nowMs();
  const refill = () => {
    const now = nowMs();
    left = Math.min(tokensPerMinute, left + ((now - at) / 60_000) * tokensPerMinute);
    at = now;
  };
  const secondsUntil = (tokens: number) => (Math.max(0, tokens - left) / tokensPerMinute) * 60;
  return {
    take: (tokens: number): number | null => {
      refill();
      if (tokens > tokensPerMinute) return null;
      const waitSeconds = secondsUntil(tokens);
      if (waitSeconds === 0) left -= tokens;
      return waitSeconds;
    },
    headers: (): Record<string, string> => {
      refill();
      return {
        'x-ratelimit-limit-tokens': String(tokensPerMinute),
        'x-ratelimit-remaining-tokens': String(Math.floor(left)),
        // The real one writes Go durations: 1m30s, 350ms.
        'x-ratelimit-reset-tokens': goDuration(secondsUntil(tokensPerMinute)),
        // Requests are not limited here; tokens bind long before.
        'x-ratelimit-limit-requests': String(MAX_INPUTS * 10),
        'x-ratelimit-remaining-requests': String(MAX_INPUTS * 10 - 1),
        'x-ratelimit-reset-requests': '3ms',
      };
    },
  };
}

function goDuration(seconds: number): string {
  if (seconds < 1) return `${Math.ceil(seconds * 1000)}ms`;
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m${whole % 60}s`;
}
