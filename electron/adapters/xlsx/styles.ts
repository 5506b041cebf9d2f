import { builtinFormat, formatOfCode, type NumberFormat } from './number-format.ts';
import { readXml } from './xml-steps.ts';

/**
 * The number format of each cell style, by the index that a cell's `s` names: `numFmts` and `cellXfs` of the styles
 * part (ECMA-376 part 1, §18.8.10, §18.8.30). `cellStyleXfs` has elements of the same name; no cell names those.
 */
export async function readStyles(chunks: AsyncIterable<Uint8Array>): Promise<NumberFormat[]> {
  const codes = new Map<number, NumberFormat>();
  const formatIds: number[] = [];
  let inside = '';
  await readXml(chunks, {
    open(name, { numFmtId, formatCode }) {
      if (name === 'cellXfs' || name === 'numFmts') inside = name;
      if (name === 'numFmt' && inside === 'numFmts')
        codes.set(Number(numFmtId), formatOfCode(formatCode ?? ''));
      if (name === 'xf' && inside === 'cellXfs') formatIds.push(Number(numFmtId ?? 0));
    },
    close(name) {
      if (name === inside) inside = '';
    },
  });
  // A file may give a built-in id a code of its own; what is written wins.
  return formatIds.map((id) => codes.get(id) ?? builtinFormat(id));
}
