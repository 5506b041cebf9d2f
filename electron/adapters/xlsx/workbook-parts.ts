import { posix } from 'node:path';
import { otherPackage } from './package-kind.ts';
import { prefixedAttribute, readXml } from './xml-steps.ts';
import type { ZipParts } from './zip-parts.ts';

/** What `xl/workbook.xml` and the relationships around it say (ECMA-376 part 1, §18.2; part 2, §6.5). */
export interface WorkbookParts {
  /** Worksheets in the order of their tabs; chart, dialog and macro sheets have no cells and are left out. */
  sheets: readonly { name: string; hidden: boolean; path: string }[];
  sharedStrings: string | null;
  styles: string | null;
  /** Days count from 1904-01-01 instead of 1899-12-31 (§18.17.4.1). */
  date1904: boolean;
}

/** A thousand sheets with long names come to a quarter of a megabyte. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Throws AppError `file.not-a-table` saying what the ZIP is where it is no workbook. */
export async function readWorkbookParts(name: string, parts: ZipParts): Promise<WorkbookParts> {
  const main = await mainPart(parts);
  if (main === null || !/\.xml$/i.test(main) || /^(word|ppt)\//.test(main)) {
    throw await otherPackage(name, parts, main);
  }
  const links = await relationships(parts, main);
  const linkOf = (kind: string): string | null => links.find((link) => link.kind === kind)?.path ?? null;
  const { sheets, date1904 } = await readMainPart(parts, main);
  return {
    sheets: sheets.flatMap(({ name, hidden, id }) => {
      const link = links.find((each) => each.id === id);
      return link?.kind === 'worksheet' ? [{ name, hidden, path: link.path }] : [];
    }),
    sharedStrings: linkOf('sharedStrings'),
    styles: linkOf('styles'),
    date1904,
  };
}

async function mainPart(parts: ZipParts): Promise<string | null> {
  if (!parts.has('_rels/.rels')) return null;
  const links = await relationships(parts, '');
  return links.find((link) => link.kind === 'officeDocument')?.path ?? null;
}

interface Relationship {
  id: string;
  /** The last segment of its type, which the transitional and the strict vocabulary have in common. */
  kind: string;
  path: string;
}

async function relationships(parts: ZipParts, of: string): Promise<Relationship[]> {
  const folder = posix.dirname(of);
  const path = posix.join(folder, '_rels', `${posix.basename(of)}.rels`);
  const links: Relationship[] = [];
  if (!parts.has(path)) return links;
  await readXml(parts.read(path, MAX_BYTES), {
    open(name, { Id, Type, Target, TargetMode }) {
      if (name !== 'Relationship' || TargetMode === 'External' || !Id || !Type || !Target) return;
      const kind = Type.slice(Type.lastIndexOf('/') + 1);
      links.push({ id: Id, kind, path: posix.resolve('/', folder, Target).slice(1) });
    },
  });
  return links;
}

async function readMainPart(parts: ZipParts, path: string) {
  const sheets: { name: string; hidden: boolean; id: string | undefined }[] = [];
  let date1904 = false;
  await readXml(parts.read(path, MAX_BYTES), {
    open(element, attributes) {
      if (element === 'workbookPr') date1904 = isTrue(attributes.date1904);
      if (element !== 'sheet') return;
      sheets.push({
        name: attributes.name ?? '',
        // hidden, or veryHidden, which only a macro can undo (§18.18.68).
        hidden: attributes.state !== undefined && attributes.state !== 'visible',
        id: prefixedAttribute(attributes, 'id'),
      });
    },
  });
  return { sheets, date1904 };
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on';
}
