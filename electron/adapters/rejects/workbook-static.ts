/** Cell styles by their place in `cellXfs` below. All of them have the text format. */
export const STYLE = { cells: 1, heading: 2, bad: 3, reasons: 4, mark: 5, markHeading: 6 } as const;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of the workbook that are the same whatever its rows are, by their path in the ZIP. */
export function fixedParts(): Record<string, string> {
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>${[
      ['/xl/workbook.xml', `${SPREADSHEET}.sheet.main+xml`],
      ['/xl/worksheets/sheet1.xml', `${SPREADSHEET}.worksheet+xml`],
      ['/xl/styles.xml', `${SPREADSHEET}.styles+xml`],
      ['/xl/comments1.xml', `${SPREADSHEET}.comments+xml`],
      ['/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
    ]
      .map(([path, type]) => `<Override PartName="${path}" ContentType="${type}"/>`)
      .join('')}</Types>`,
    '_rels/.rels': relationships(
      ['officeDocument', 'xl/workbook.xml'],
      ['extended-properties', 'docProps/app.xml'],
    ),
    'docProps/app.xml': `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Accession</Application></Properties>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets><sheet name="Rejected rows" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ),
    'xl/worksheets/_rels/sheet1.xml.rels': relationships(
      ['vmlDrawing', '../drawings/vmlDrawing1.vml'],
      ['comments', '../comments1.xml'],
    ),
    'xl/styles.xml': styles(),
  };
}

/** Numbered rId1, rId2 … in this order. */
function relationships(...links: readonly [kind: string, target: string][]): string {
  const all = links.map(
    ([kind, target], at) =>
      `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${kind}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

/** Number format 49 is `@`, text (ECMA-376 part 1, §18.8.30). The first two fills are given (none, gray125). */
function styles(): string {
  const font = (inside: string) => `<font>${inside}<name val="Calibri"/><family val="2"/></font>`;
  const fill = (rgb: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;
  const xf = (fontId: number, fillId: number) =>
    `<xf numFmtId="49" fontId="${fontId}" fillId="${fillId}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`;
  const size = '<sz val="11"/>';
  const fonts = [
    font(size),
    font(`<b/>${size}`),
    font(`${size}<color rgb="FF9C0006"/>`),
    font(`${size}<color rgb="FF808080"/>`),
    font(`<b/>${size}<color rgb="FF808080"/>`),
  ];
  const fills = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    fill('FFFFC7CE'),
    fill('FFE7E6E6'),
  ];
  const general = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>';
  const xfs = [general, xf(0, 0), xf(1, 3), xf(2, 2), xf(0, 0), xf(3, 0), xf(4, 3)];
  return `${XML}<styleSheet xmlns="${MAIN}"><fonts count="${fonts.length}">${fonts.join('')}</fonts><fills count="${fills.length}">${fills.join('')}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">${general.replace(' xfId="0"', '')}</cellStyleXfs><cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
