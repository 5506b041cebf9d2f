/**
 * How many tokens a text may have at most, without a tokenizer. Byte-pair encodings as OpenAI's cl100k never
 * make more tokens than there are UTF-8 bytes, so every character counts as its bytes, except where prose
 * makes that far too much: ASCII letters and spaces count 0.4 (English has about 4.5 characters a token,
 * other languages in Latin script 3 to 4). Only text that is no language, such as long random letters, can
 * exceed it.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (let at = 0; at < text.length; at += 1) tokens += weightOf(text.charCodeAt(at));
  return Math.max(1, Math.ceil(tokens));
}

/** Of a UTF-16 unit; the two halves of a surrogate pair share its four bytes. */
function weightOf(unit: number): number {
  if (unit < 0x80) {
    const letter = (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
    return letter || unit === 0x20 ? 0.4 : 1;
  }
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}

/** The longest beginning of `text` of at most `maxTokens` estimated tokens; never half a character. */
export function cutToTokens(text: string, maxTokens: number): string {
  let tokens = 0;
  for (let at = 0; at < text.length; at += 1) {
    tokens += weightOf(text.charCodeAt(at));
    if (Math.ceil(tokens) > maxTokens) {
      const unit = text.charCodeAt(at);
      return text.slice(0, unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at);
    }
  }
  return text;
}

/**
 * Positions of `texts`, in order, cut into requests of at most `maxTexts` texts and `maxTokens` estimated
 * tokens. A text that is over `maxTokens` by itself gets a request of its own.
 */
export function planBatches(
  texts: readonly string[],
  { maxTexts, maxTokens }: { maxTexts: number; maxTokens: number },
): number[][] {
  const batches: number[][] = [];
  let batch: number[] = [];
  let tokens = 0;
  for (const [at, text] of texts.entries()) {
    const own = estimateTokens(text);
    if (batch.length > 0 && (batch.length >= maxTexts || tokens + own > maxTokens)) {
      batches.push(batch);
      batch = [];
      tokens = 0;
    }
    batch.push(at);
    tokens += own;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
