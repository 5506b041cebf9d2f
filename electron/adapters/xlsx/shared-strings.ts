import { tooLarge } from './workbook-errors.ts';
import { readXml } from './xml-steps.ts';

/** The texts that cells name by number (ECMA-376 part 1, §18.4). */
export interface SharedStrings {
  /** Null where there is no such text. */
  text(index: number): string | null;
}

export const NO_STRINGS: SharedStrings = { text: () => null };

/** A spreadsheet's cell holds 32,767 characters; nothing that is longer than a block is a cell. */
const BLOCK_BYTES = 4 * 1024 * 1024;
/** A full sheet of twelve columns, no two cells alike, has 12.6 million. */
const MAX_STRINGS = 16_000_000;

/**
 * Reads the table. The texts are kept as UTF-8 outside the JavaScript heap: a full sheet has millions of them, and as
 * strings each would cost more than its characters. Throws AppError `file.too-large`.
 */
export async function readSharedStrings(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<SharedStrings> {
  const blocks: Buffer[] = [];
  let block = Buffer.alloc(0);
  let used = 0;
  // Places as if the blocks lay end to end.
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (text: string): void => {
    const bytes = Buffer.byteLength(text);
    if (bytes > BLOCK_BYTES || starts.length >= MAX_STRINGS) {
      throw tooLarge(name, `${starts.length} shared strings, the next one of ${bytes} bytes`);
    }
    if (used + bytes > block.length) {
      block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
      blocks.push(block);
      used = 0;
    }
    const start = Math.max(0, blocks.length - 1) * BLOCK_BYTES + used;
    used += block.write(text, used);
    starts.push(start);
    ends.push(start + bytes);
  };
  await readXml(chunks, textItems('si', add));
  return {
    text(index) {
      const start = starts[index];
      const end = ends[index];
      if (start === undefined || end === undefined) return null;
      const at = Math.floor(start / BLOCK_BYTES) * BLOCK_BYTES;
      return blocks[at / BLOCK_BYTES]?.toString('utf8', start - at, end - at) ?? '';
    },
  };
}

/** Handlers that give the text of every `element`: its runs joined, without the phonetic ones (§18.4.6). */
function textItems(element: string, found: (text: string) => void) {
  let item = '';
  let phonetic = false;
  let inText = false;
  return {
    open(name: string): void {
      if (name === element) item = '';
      if (name === 'rPh') phonetic = true;
      inText = name === 't' && !phonetic;
    },
    text(text: string): void {
      if (inText) item += text;
    },
    close(name: string): void {
      inText = false;
      if (name === 'rPh') phonetic = false;
      if (name === element) found(unescapeText(item));
    },
  };
}

/** `_x000D_` and its like stand for characters that XML cannot hold (ST_Xstring, §22.9.2.19); `_x005F_` for the `_` before them. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
