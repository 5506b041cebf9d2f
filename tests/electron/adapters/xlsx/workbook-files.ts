import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listSheets, sheetAsCsv } from '../../../../electron/adapters/xlsx/workbook.ts';
import { AppError } from '../../../../shared/errors.ts';
import { packedZip } from './packed-zip.ts';

export const never = new AbortController().signal;

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export interface TestSheet {
  name: string;
  /** What stands inside `<sheetData>`. */
  data: string;
  state?: 'visible' | 'hidden' | 'veryHidden';
  dimension?: string;
  /** What stands after the data. */
  after?: string;
  kind?: 'worksheet' | 'chartsheet';
}

export interface TestWorkbook {
  sheets: TestSheet[];
  /** What stands inside `<sst>`. */
  strings?: string;
  /** What stands inside `<styleSheet>`. */
  styles?: string;
  date1904?: boolean;
}

/** The parts of a workbook, as Excel names them. */
export function workbookParts({ sheets, strings, styles, date1904 }: TestWorkbook): Record<string, string> {
  const link = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${kind}" Target="${target}"/>`;
  const links = sheets.map(({ kind = 'worksheet' }, at) =>
    link(`rId${at + 1}`, kind, `worksheets/sheet${at + 1}.xml`),
  );
  const tabs = sheets.map(
    ({ name, state = 'visible' }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}" state="${state}" r:id="rId${at + 1}"/>`,
  );
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE_RELS}">${link('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${tabs.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE_RELS}">${links.join('')}${link('rId98', 'sharedStrings', 'sharedStrings.xml')}${link('rId99', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${strings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${styles ?? ''}</styleSheet>`,
  };
  for (const [at, { data, dimension, after = '' }] of sheets.entries()) {
    const used = dimension === undefined ? '' : `<dimension ref="${dimension}"/>`;
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `<worksheet xmlns="${MAIN}">${used}<sheetData>${data}</sheetData>${after}</worksheet>`;
  }
  return parts;
}

/** One sheet called Data with these rows. */
export function oneSheet(data: string, rest: Omit<TestWorkbook, 'sheets'> = {}): Buffer {
  return packedZip(workbookParts({ sheets: [{ name: 'Data', data }], ...rest }));
}

export const inline = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;

/** Styles 1, 2, 3 … have these formats: a built-in id, or a code. */
export function stylesOf(...formats: (number | string)[]): string {
  const codes = formats.map((format, at) =>
    typeof format === 'string' ? `<numFmt numFmtId="${200 + at}" formatCode="${format}"/>` : '',
  );
  const styles = formats.map(
    (format, at) => `<xf numFmtId="${typeof format === 'string' ? 200 + at : format}"/>`,
  );
  return `<numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs>`;
}

/** A folder for the files of one test. */
export function fileFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'accession-xlsx-'));
  return {
    path: folder,
    write(bytes: Uint8Array, name = 'term.xlsx'): string {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export async function csvText(path: string, sheet: string | null = null): Promise<string> {
  const { chunks } = await sheetAsCsv(path, sheet, never);
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString();
  return text;
}

/** The AppError that reading the sheet's CSV comes to. */
export async function refusal(path: string, sheet: string | null = null): Promise<AppError> {
  return appError(csvText(path, sheet));
}

export async function listRefusal(path: string): Promise<AppError> {
  return appError(listSheets(path, never));
}

async function appError(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('it was accepted');
}
