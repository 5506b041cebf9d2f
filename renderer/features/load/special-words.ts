/** As many as are seen at a glance. */
const MOST = 12;
/** A cell may hold a whole description without a space. */
const LONGEST = 30;

/**
 * Words of the cells with a letter beyond the English alphabet, each once, in the order in which they come: a wrong
 * encoding shows in them and nowhere else.
 */
export function specialWords(cells: readonly string[]): string[] {
  const words = new Set<string>();
  for (const cell of cells) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII
    if (!/[^\u0000-\u007f]/.test(cell)) continue;
    for (const word of cell.split(/[\s,;:"()[\]]+/)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII
      if (/[^\u0000-\u007f]/.test(word) && word.length <= LONGEST) words.add(word);
      if (words.size === MOST) return [...words];
    }
  }
  return [...words];
}
