import { AppError } from '../../shared/errors.ts';
import { estimateTokens } from './embedding-batches.ts';
import type { EmbeddingProvider } from './ports.ts';

/**
 * The same provider, which sends no request that might bring the cost of a load above `limitUsd` US dollars: what was
 * spent (`spentUsd` to begin with), what is under way and what the request would cost, the last two by
 * `estimateTokens`, which never says too little. Throws `embedding.spend-limit` instead. Where the price of the model
 * is unknown, or there is no limit, it is the provider itself.
 */
export function limitSpending(
  provider: EmbeddingProvider,
  { limitUsd, spentUsd }: { limitUsd: number | null; spentUsd: number },
): EmbeddingProvider {
  const { usdPerMillionTokens } = provider;
  if (limitUsd === null || usdPerMillionTokens === null) return provider;
  const costOf = (tokens: number): number => (tokens / 1_000_000) * usdPerMillionTokens;
  let spent = spentUsd;
  let underWay = 0;
  return {
    ...provider,
    async embed(texts, signal) {
      const forecast = costOf(texts.reduce((tokens, text) => tokens + estimateTokens(text), 0));
      if (spent + underWay + forecast > limitUsd) throw limitReached(limitUsd);
      underWay += forecast;
      try {
        const result = await provider.embed(texts, signal);
        spent += costOf(result.tokens);
        return result;
      } finally {
        underWay -= forecast;
      }
    },
  };
}

function limitReached(limitUsd: number): AppError {
  return new AppError({
    code: 'embedding.spend-limit',
    message: `Embedding the next books would bring this load above the limit of $${limitUsd} that the profile sets. They are loaded, but cannot be found by meaning yet.`,
    hint: 'Raise the limit in the profile and resume the load; only what is missing is paid for.',
  });
}
