import { columnLetters, textElement } from './workbook-text.ts';

/** A note on a cell; row and column from 0. */
export interface CellNote {
  row: number;
  column: number;
  text: string;
}

const NOTES_AT_ONCE = 200;
/** Characters of a note: those of a cell. */
const NOTE_CHARS = 32_000;

/** The notes' texts (ECMA-376 part 1, §18.7). */
export function* commentsXml(notes: readonly CellNote[]): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>Accession</author></authors><commentList>';
  for (let at = 0; at < notes.length; at += NOTES_AT_ONCE)
    yield notes
      .slice(at, at + NOTES_AT_ONCE)
      .map(({ row, column, text }) => {
        const said = textElement(text.slice(0, NOTE_CHARS));
        return `<comment ref="${columnLetters(column)}${row + 1}" authorId="0"><text><r>${said}</r></text></comment>`;
      })
      .join('');
  yield '</commentList></comments>';
}

/** Shape ids come in blocks of this size, and the drawing names its blocks (part 4, §19.2.2.14, idmap). */
const IDS_OF_BLOCK = 1_024;
/** Characters of a note's line, and how tall a line is in rows of the sheet. */
const LINE_CHARS = 42;

/** The notes' boxes: without a shape of its own (VML, part 4, §19) Excel shows no note. */
export function* drawingXml(notes: readonly CellNote[]): Generator<string> {
  const blocks = Array.from({ length: Math.floor(notes.length / IDS_OF_BLOCK) + 1 }, (_, i) => i + 1);
  yield `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${blocks.join(',')}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`;
  for (let at = 0; at < notes.length; at += NOTES_AT_ONCE)
    yield notes
      .slice(at, at + NOTES_AT_ONCE)
      .map((note, i) => shape(note, IDS_OF_BLOCK + 1 + at + i))
      .join('');
  yield '</xml>';
}

/** Three columns wide, beside its cell, as tall as its text. Anchor: column, offset, row, offset of both corners. */
function shape({ row, column, text }: CellNote, id: number): string {
  const lines = text.split('\n').reduce((n, line) => n + Math.ceil(Math.max(1, line.length) / LINE_CHARS), 0);
  const bottom = row + 1 + Math.min(20, Math.max(2, lines));
  return `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${column + 1},15,${row},10,${column + 4},15,${bottom},4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`;
}
