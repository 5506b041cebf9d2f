import { STOP_WORDS } from './stop-words.ts';

/** Lower case, compatibility forms unified, accents off: "Ñandú" and "nandu" are one word. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** Runs of letters and digits, apostrophes closed up ("Charlotte's" → "charlottes"), stop words left out unless nothing else is there. */
export function wordsOf(text: string): string[] {
  const words =
    foldText(text)
      .replace(/(?<=\p{L})['’ʼ](?=\p{L})/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

/** 32-bit FNV-1a over UTF-16 units, with a last mixing step (its low bits alone are weak). */
export function hash32(text: string, from: number, to: number, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
