/**
 * How long a service asks us to wait, in milliseconds; null where it does not say. In the order of their
 * precision: `retry-after-ms`, `Retry-After` (seconds or an HTTP date, RFC 9110 §10.2.3), and the later of
 * OpenAI's `x-ratelimit-reset-requests` and `-tokens` (Go durations such as `6m0s` or `350ms`:
 * https://platform.openai.com/docs/guides/rate-limits).
 */
export function retryAfterMsOf(headers: Pick<Headers, 'get'> | undefined, nowMs: number): number | null {
  const exact = positive(headers?.get('retry-after-ms'));
  if (exact !== null) return exact;
  const header = headers?.get('retry-after');
  const seconds = positive(header);
  if (seconds !== null) return seconds * 1000;
  const date = header === null || header === undefined ? Number.NaN : Date.parse(header);
  if (Number.isFinite(date)) return Math.max(0, date - nowMs);
  const resets = ['x-ratelimit-reset-requests', 'x-ratelimit-reset-tokens']
    .map((name) => goDurationMs(headers?.get(name)))
    .filter((ms) => ms !== null);
  return resets.length === 0 ? null : Math.max(...resets);
}

function positive(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) && number >= 0 ? number : null;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `1m30.5s` → 90500; null where it is no such duration. */
function goDurationMs(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return null;
  let ms = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    ms += Number(number) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return ms;
}
