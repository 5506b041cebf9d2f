import { setImmediate } from 'node:timers/promises';
import type { TokenCounter } from '../../engine/token-counter-port.ts';

/** Characters between two looks at the event loop: some 5 ms of work for prose. */
const SLICE_CHARACTERS = 50_000;
/** A book's text may read `<|endoftext|>`: for an embedding model that is text like any other. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/**
 * Tokens of cl100k_base, the encoding of text-embedding-3-small, -large and ada-002
 * (https://github.com/openai/tiktoken, model.py). Its vocabulary is read at the first count: 60 ms and 35 MB that a
 * load without books never pays.
 */
export function createCl100kCounter(): TokenCounter {
  return {
    async count(texts, signal) {
      const { countTokens } = await import('gpt-tokenizer/encoding/cl100k_base');
      const counts: number[] = [];
      let characters = 0;
      for (const text of texts) {
        signal.throwIfAborted();
        counts.push(countTokens(text, AS_TEXT));
        characters += text.length;
        if (characters < SLICE_CHARACTERS) continue;
        characters = 0;
        await setImmediate();
      }
      return counts;
    },
  };
}
