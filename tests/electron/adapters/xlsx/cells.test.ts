import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  csvText,
  fileFolder,
  inline,
  oneSheet,
  refusal,
  stylesOf,
  type TestWorkbook,
} from './workbook-files.ts';

let folder: ReturnType<typeof fileFolder>;
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

const csv = (data: string, rest?: Omit<TestWorkbook, 'sheets'>) =>
  csvText(folder.write(oneSheet(data, rest)));

describe('texts', () => {
  it('come from the shared strings, plain or rich, without their phonetic guide', async () => {
    const strings =
      '<si><t>title</t></si><si><r><t>The </t></r><r><rPr><b/></rPr><t>Giver</t></r><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr/></si><si><t xml:space="preserve"> a </t></si><si/>';
    const data =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>3</v></c><c r="D1" t="s"><v>2</v></c></row>';
    expect(await csv(data, { strings })).toBe('title,The Giver,, a \n');
  });

  it('stand in the cell itself, plain or rich', async () => {
    const rich =
      '<c t="inlineStr"><is><r><t>Nine</t></r><r><t> Lives</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>';
    expect(await csv(`<row>${inline('id')}${rich}</row>`)).toBe('id,Nine Lives\n');
  });

  it('get back the characters that XML cannot hold', async () => {
    const strings = '<si><t>a_x000D_\nb_x005F_x000D_c_X0041_</t></si>';
    const data = `<row><c t="s"><v>0</v></c>${inline('1_x0009_2')}<c t="str"><f>A1</f><v>_x0041_</v></c></row>`;
    expect(await csv(data, { strings })).toBe('"a\r\nb_x000D_c_X0041_",1\t2,A\n');
  });

  it('keep entities, character data and every script', async () => {
    const data = `<row>${inline('Q &amp; A &lt;1&gt; &#233;')}${inline('<![CDATA[<b>]]>')}${inline('本 😀')}</row>`;
    expect(await csv(data)).toBe('Q & A <1> é,<b>,本 😀\n');
  });

  it('are quoted where CSV asks for it', async () => {
    const data = `<row>${inline('a,b')}${inline('say "hi"')}${inline('two\nlines')}${inline("plain; it's")}</row>`;
    expect(await csv(data)).toBe('"a,b","say ""hi""","two\nlines",plain; it\'s\n');
  });

  it('of a number that is not in the table make the workbook a damaged one', async () => {
    const error = await refusal(
      folder.write(oneSheet('<row><c t="s"><v>7</v></c></row>', { strings: '<si/>' })),
    );
    expect(error.code).toBe('file.workbook-damaged');
  });
});

describe('numbers, dates and the rest', () => {
  it('an ISBN keeps its thirteen digits', async () => {
    const data = '<row><c><v>9780439023481</v></c><c t="n"><v>9.780439023481E12</v></c></row>';
    expect(await csv(data)).toBe('9780439023481,9780439023481\n');
  });

  it('the style of a cell tells a date, an identifier and a percentage from a number', async () => {
    const styles = stylesOf(14, 'yyyy\\-mm\\-dd hh:mm', '000000', 9);
    const data =
      '<row><c s="1"><v>46268</v></c><c s="2"><v>46268.34375</v></c><c s="3"><v>1042</v></c><c s="4"><v>0.5</v></c><c s="0"><v>46268</v></c></row>';
    expect(await csv(data, { styles })).toBe('2026-09-03,2026-09-03T08:15:00,001042,0.5,46268\n');
  });

  it('a workbook that counts from 1904 says the same day with another number', async () => {
    const data = '<row><c s="1"><v>44806</v></c></row>';
    expect(await csv(data, { styles: stylesOf(14), date1904: true })).toBe('2026-09-03\n');
  });

  it('a cell may hold its date as ISO 8601', async () => {
    expect(await csv('<row><c t="d"><v>2026-09-03T00:00:00</v></c></row>')).toBe('2026-09-03\n');
  });

  it('truth values and errors are their names', async () => {
    const data =
      '<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="e"><f>B9</f><v>#REF!</v></c></row>';
    expect(await csv(data)).toBe('TRUE,FALSE,#N/A,#REF!\n');
  });

  it('a style that does not exist changes nothing', async () => {
    expect(await csv('<row><c s="9"><v>46268</v></c></row>')).toBe('46268\n');
  });
});

describe('formulas', () => {
  it('are their last result, an empty text included', async () => {
    const data =
      '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c><c t="str"><f>A1&amp;"x"</f><v>2x</v></c></row>';
    expect(await csv(data)).toBe('2,,2x\n');
  });

  it('that were never calculated are refused, naming the cell', async () => {
    const path = folder.write(oneSheet('<row r="3"><c r="AB3"><f>A1+1</f><v/></c></row>'));
    expect(await refusal(path)).toMatchObject({
      code: 'file.not-calculated',
      message: 'Cell AB3 of the sheet "Data" in term.xlsx holds a formula that was never calculated.',
    });
  });
});
