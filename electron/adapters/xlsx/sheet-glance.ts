import { xmlSteps } from './xml-steps.ts';

export interface SheetGlance {
  hasContent: boolean;
  /** The last row that the sheet says it uses; 0 without content, null where it does not say. */
  rows: number | null;
}

/** Looks at a sheet part up to its first cell with content, and no further. */
export async function glanceAtSheet(chunks: AsyncIterable<Uint8Array>): Promise<SheetGlance> {
  let inData = false;
  let inValue = false;
  let hasContent = false;
  let dimension = '';
  const steps = xmlSteps(chunks, {
    open(name, { ref }) {
      if (name === 'dimension') dimension = ref ?? '';
      if (name === 'sheetData') inData = true;
      inValue = inData && (name === 'v' || name === 't');
      if (inData && name === 'f') hasContent = true;
    },
    text(text) {
      if (inValue && text !== '') hasContent = true;
    },
    close(name) {
      inValue = false;
      if (name === 'sheetData') inData = false;
    },
  });
  for await (const _ of steps) {
    if (hasContent) break;
  }
  if (!hasContent) return { hasContent, rows: 0 };
  // Programs that write a sheet as it comes put A1 here, whatever follows (§18.3.1.35 makes it optional anyway).
  const last = /^\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?(\d+)$/.exec(dimension)?.[1];
  return { hasContent, rows: last === undefined ? null : Number(last) };
}
