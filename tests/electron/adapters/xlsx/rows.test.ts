import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packedZip } from './packed-zip.ts';
import { csvText, fileFolder, inline, oneSheet, refusal, workbookParts } from './workbook-files.ts';

let folder: ReturnType<typeof fileFolder>;
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

const csv = (data: string) => csvText(folder.write(oneSheet(data)));
const cell = (ref: string, value: number) => `<c r="${ref}"><v>${value}</v></c>`;

describe('rows and cells', () => {
  it('sheet row n is line n, whatever is empty before it', async () => {
    const data = `<row r="2">${cell('A2', 1)}</row><row r="3"/><row r="4"><c r="A4" s="1"/></row><row r="6">${cell('A6', 2)}</row>`;
    expect(await csv(data)).toBe('\n1\n\n\n\n2\n');
  });

  it('what is empty after the last content is left out', async () => {
    const data = `<row r="1">${cell('A1', 1)}<c r="B1" s="1"/></row><row r="2"><c r="A2" s="1"/></row><row r="1048576"/>`;
    expect(await csv(data)).toBe('1\n');
  });

  it('a cell stands in the column that it names', async () => {
    expect(await csv(`<row r="1">${cell('A1', 1)}${cell('C1', 3)}${cell('AA1', 27)}</row>`)).toBe(
      `1,,3${','.repeat(24)}27\n`,
    );
  });

  it('rows and cells that name no place follow the one before', async () => {
    const data = `<row>${inline('a')}${cell('C1', 3)}${inline('d')}</row><row r="5">${inline('e')}</row><row>${inline('f')}</row>`;
    expect(await csv(data)).toBe('a,,3,d\n\n\n\ne,,,\nf,,,\n');
  });

  it('rows are filled up to the headings, not past them', async () => {
    const data = `<row>${inline('Our list')}</row><row>${inline('id')}${inline('title')}${inline('pages')}</row><row>${inline('B1')}</row><row>${cell('D4', 9)}</row><row>${inline('B2')}</row>`;
    expect(await csv(data)).toBe('Our list\nid,title,pages\nB1,,\n,,,9\nB2,,\n');
  });

  it('of merged cells the first has the value', async () => {
    const sheet = { name: 'Data', data: `<row>${inline('a')}<c s="1"/>${inline('c')}</row>` };
    const after = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>';
    const path = folder.write(packedZip(workbookParts({ sheets: [{ ...sheet, after }] })));
    expect(await csvText(path)).toBe('a,,c\n');
  });

  it('hidden rows and columns are there', async () => {
    const data = `<row>${inline('id')}</row><row hidden="1">${inline('B1')}</row>`;
    expect(await csv(data)).toBe('id\nB1\n');
  });

  it('text outside the cells is none of theirs', async () => {
    const sheet = { name: 'Data', data: `<row>${inline('a')}</row>` };
    const after = '<extLst><ext><c t="inlineStr"><is><t>no</t></is></c><row r="9"/></ext></extLst>';
    const path = folder.write(packedZip(workbookParts({ sheets: [{ ...sheet, after }] })));
    expect(await csvText(path)).toBe('a\n');
  });

  it.each([
    ['rows that go back', '<row r="2"/><row r="2"/>'],
    ['a row beyond the last', '<row r="1048577"/>'],
    ['a row that is no number', '<row r="x"/>'],
    ['a column beyond the last', '<row><c r="XFE1"/></row>'],
    ['a cell without a column', '<row><c r="1"/></row>'],
  ])('%s make the workbook a damaged one', async (_, data) => {
    const path = folder.write(oneSheet(`<row r="1">${inline('a')}</row>${data}`));
    expect((await refusal(path)).code).toBe('file.workbook-damaged');
  });

  it('a part may be UTF-16', async () => {
    const parts = workbookParts({ sheets: [{ name: 'Data', data: `<row>${inline('é本😀')}</row>` }] });
    const sheet = Buffer.from(`\ufeff${parts['xl/worksheets/sheet1.xml']}`, 'utf16le');
    const path = folder.write(packedZip({ ...parts, 'xl/worksheets/sheet1.xml': sheet }));
    expect(await csvText(path)).toBe('é本😀\n');
  });

  it('elements may have a prefix', async () => {
    const parts = workbookParts({ sheets: [{ name: 'Data', data: `<row>${inline('a')}</row>` }] });
    const prefixed = (xml = '') => xml.replace(/<(\/?)([a-z])/gi, '<$1x:$2').replaceAll('xmlns=', 'xmlns:x=');
    const renamed = ['xl/workbook.xml', 'xl/worksheets/sheet1.xml'].map((path) => [
      path,
      prefixed(parts[path]),
    ]);
    const path = folder.write(packedZip({ ...parts, ...Object.fromEntries(renamed) }));
    expect(await csvText(path)).toBe('a\n');
  });
});
