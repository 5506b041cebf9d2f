import type { Forecast } from '../../shared/contract/draft-review.ts';
import type { LoadRow, TextLookup } from './database-port.ts';
import { cutToTokens, estimateTokens } from './embedding-batches.ts';
import { KeyTable } from './key-table.ts';
import type { LoadReport } from './load-report.ts';
import type { EmbeddingProvider, Hasher } from './ports.ts';
import type { TokenCounter } from './token-counter-port.ts';
import { planVectors } from './vector-plan.ts';
import type { WrittenBook } from './vectors-port.ts';

export interface ForecastParts {
  embedder: Pick<EmbeddingProvider, 'model' | 'approximate' | 'usdPerMillionTokens' | 'limits'>;
  tokens: TokenCounter;
  hasher: Hasher;
  /** US dollars; null: no limit. */
  spendLimitUsd: number | null;
  /** Texts that are under way at once at most, when a load embeds. */
  textsUnderWay: number;
  /** Newest first. */
  history: readonly LoadRow[];
  /** Where no earlier load tells. */
  minuteTokens: number;
}

/** What the embeddings of a load would come to, text by text. */
export interface ForecastSum {
  /** Books as the catalog would have them; a text that is known, or was added before, costs nothing more. */
  add(books: readonly WrittenBook[], look: TextLookup, signal: AbortSignal): Promise<void>;
  /** Null where nothing would be embedded. */
  forecast(): Forecast | null;
}

/** Fewer texts are over before the service shows how fast it is. */
const MEASURABLE_TEXTS = 100;

export function createForecastSum(parts: ForecastParts): ForecastSum {
  const { embedder, hasher } = parts;
  const seen = new KeyTable(1_000);
  let texts = 0;
  let tokens = 0;
  let estimated = 0;
  return {
    async add(books, look, signal) {
      const fresh = planVectors(books, embedder.model, hasher).filter(
        ({ source, text, textHash }) => source === 'embed' && text.trim() !== '' && isNew(seen, textHash),
      );
      const hashes = fresh.map(({ textHash }) => textHash);
      const known = await look.knownTexts(embedder.model, hashes);
      const sent = fresh
        .filter(({ textHash }) => !known.has(textHash))
        .map(({ text }) => cutToTokens(text, embedder.limits.maxInputTokens));
      texts += sent.length;
      for (const text of sent) estimated += estimateTokens(text);
      for (const count of await parts.tokens.count(sent, signal)) tokens += count;
    },
    forecast() {
      if (texts === 0) return null;
      const { model, approximate } = embedder;
      const usd = usdOf(parts, tokens);
      const atRisk = usdOf(parts, tokens + unsureTokens(parts, { texts, tokens, estimated }));
      return {
        model,
        approximate,
        texts,
        tokens,
        usd,
        seconds: secondsOf(parts, { texts, tokens }),
        overLimit: parts.spendLimitUsd !== null && atRisk !== null && atRisk > parts.spendLimitUsd,
      };
    },
  };
}

/** By 96 bits of its SHA-256: a million texts take 34 MB. */
function isNew(seen: KeyTable, textHash: string): boolean {
  const word = (at: number): number => Number.parseInt(textHash.slice(at, at + 8), 16);
  return seen.set(word(0), word(8), word(16), 1) === -1;
}

function usdOf({ embedder }: ForecastParts, tokens: number): number | null {
  const { usdPerMillionTokens } = embedder;
  return usdPerMillionTokens === null ? null : (tokens / 1_000_000) * usdPerMillionTokens;
}

/**
 * What a limit on spending adds for the requests under way, whose cost it can only estimate (spend-limit.ts): so
 * much below the limit it stops already.
 */
function unsureTokens(
  { textsUnderWay }: ForecastParts,
  sum: { texts: number; tokens: number; estimated: number },
): number {
  const share = Math.min(1, textsUnderWay / sum.texts);
  return Math.max(0, sum.estimated - sum.tokens) * share;
}

/** By the pace of the last load that embedded enough with this model; its counts are the service's own. */
function secondsOf(
  { embedder, history, minuteTokens }: ForecastParts,
  sum: { texts: number; tokens: number },
): number {
  for (const { report } of history) {
    // The ledger's report is our own JSON.
    const { embeddings, timings } = (report ?? {}) as Partial<LoadReport>;
    if (embeddings === undefined || timings === undefined) continue;
    if (embeddings.model !== embedder.model || embeddings.generated < MEASURABLE_TEXTS) continue;
    if (timings.embedMs <= 0 || embeddings.tokens <= 0) continue;
    // The sandbox's embedder calls words its tokens: only texts can be compared.
    const share = embedder.approximate ? sum.texts / embeddings.generated : sum.tokens / embeddings.tokens;
    return (share * timings.embedMs) / 1_000;
  }
  return (sum.tokens * 60) / minuteTokens;
}
