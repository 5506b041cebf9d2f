import type { EmbeddingProvider } from '../../engine/ports.ts';
import { hash32, wordsOf } from './features.ts';

const DIMENSIONS = 1536;
const MIN_GRAM = 3;
const MAX_GRAM = 5;
/**
 * Share of a word's weight that its character n-grams carry together: enough that a misspelt word still
 * meets the right one, little enough that look-alikes do not outweigh equal words.
 */
const GRAM_SHARE = 0.9;
/** Without a corpus there is no inverse document frequency; in both languages rarer words are longer ones. */
const FULL_WEIGHT_LENGTH = 7;
/** Texts between two looks at the event loop and the signal: about 25 ms of work. */
const TEXTS_PER_TURN = 128;
/** Words of school books repeat: what a word contributes is worked out once. */
const MAX_KNOWN_WORDS = 20_000;

/**
 * The sandbox's embedder: hashed words and character n-grams (3–5), signed, damped by the logarithm of their
 * frequency, of length 1. Needs no network, no key and no model, and gives the same vector everywhere; it
 * knows spellings, not meanings, so whatever shows its results says "approximate".
 */
export function createLexicalEmbedder(): EmbeddingProvider {
  const known = new Map<string, WordFeatures>();
  return {
    model: 'accession-lexical-1',
    dimensions: DIMENSIONS,
    approximate: true,
    usdPerMillionTokens: null,
    limits: { maxInputs: 2048, maxInputTokens: 1_000_000, maxRequestTokens: 16_000_000 },
    embed: async (texts, signal) => {
      const vectors: Float32Array[] = [];
      let tokens = 0;
      for (const [at, text] of texts.entries()) {
        if (at % TEXTS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        const words = wordsOf(text);
        tokens += words.length;
        vectors.push(vectorOf(words, known));
      }
      signal.throwIfAborted();
      return { vectors, tokens };
    },
  };
}

/** Where a word goes in the vector, and with what weight; the word itself first, then its n-grams. */
interface WordFeatures {
  positions: Uint16Array;
  weights: Float32Array;
}

function vectorOf(words: readonly string[], known: Map<string, WordFeatures>): Float32Array {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vector = new Float32Array(DIMENSIONS);
  for (const [word, count] of counts) {
    const { positions, weights } = featuresOf(word, known);
    const damped = 1 + Math.log(count);
    for (let at = 0; at < positions.length; at += 1) {
      const position = positions[at] ?? 0;
      vector[position] = (vector[position] ?? 0) + damped * (weights[at] ?? 0);
    }
  }
  return normalised(vector);
}

function featuresOf(word: string, known: Map<string, WordFeatures>): WordFeatures {
  const found = known.get(word);
  if (found !== undefined) return found;
  const features = computeFeatures(word);
  if (known.size >= MAX_KNOWN_WORDS) known.clear();
  known.set(word, features);
  return features;
}

function computeFeatures(word: string): WordFeatures {
  // The edges count: a beginning is worth more to a reader than a middle.
  const padded = `<${word}>`;
  const hashes = [hash32(word, 0, word.length, 1)];
  for (let size = MIN_GRAM; size <= MAX_GRAM; size += 1) {
    for (let at = 0; at + size <= padded.length; at += 1) hashes.push(hash32(padded, at, at + size, 2));
  }
  const wordWeight = 0.5 + 0.5 * Math.min(1, word.length / FULL_WEIGHT_LENGTH);
  // Spread so that all n-grams of a word together have length GRAM_SHARE, however many there are.
  const gramWeight = (GRAM_SHARE * wordWeight) / Math.sqrt(Math.max(1, hashes.length - 1));
  const positions = new Uint16Array(hashes.length);
  const weights = new Float32Array(hashes.length);
  for (const [at, hash] of hashes.entries()) {
    positions[at] = (hash >>> 1) % DIMENSIONS;
    weights[at] = (hash & 1 ? -1 : 1) * (at === 0 ? wordWeight : gramWeight);
  }
  return { positions, weights };
}

/** A text without a letter or digit gets one fixed direction: a vector of nothing would be at the same distance from everything. */
function normalised(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) {
    vector[0] = 1;
    return vector;
  }
  const scale = 1 / Math.sqrt(squares);
  for (let at = 0; at < vector.length; at += 1) vector[at] = (vector[at] ?? 0) * scale;
  return vector;
}
