/** Counts tokens as the model's own tokenizer makes them. */
export interface TokenCounter {
  /** Of each text, in their order. Never keeps the thread for long. Throws the signal's reason on abort. */
  count(texts: readonly string[], signal: AbortSignal): Promise<number[]>;
}
