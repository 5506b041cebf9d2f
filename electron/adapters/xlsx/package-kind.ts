import { open } from 'node:fs/promises';
import type { AppError } from '../../../shared/errors.ts';
import { encrypted, folder, noContent, notATable } from './workbook-errors.ts';
import type { ZipParts } from './zip-parts.ts';

/** PKWARE APPNOTE §4.3.7 (a first entry) and §4.3.16 (a ZIP without any). */
const ZIP_MARKS = ['504b0304', '504b0506'];
/** [MS-CFB] §2.2: the container of old Office files, and of new ones that have a password. */
const OLE2_MARK = 'd0cf11e0a1b11ae1';

const SAVE_AS_XLSX = 'save it as an Excel workbook (.xlsx) or as "CSV UTF-8", and load that.';

/**
 * Throws where the first bytes say that the file cannot be a workbook: AppError `file.encrypted`, `file.empty`,
 * `file.is-directory`, or `file.not-a-table`.
 */
export async function refuseByFirstBytes(path: string, name: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    if ((await file.stat()).isDirectory()) throw folder(name);
    const head = Buffer.alloc(512);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (bytesRead === 0) throw noContent(name, null);
    const mark = hex(head.subarray(0, 8));
    if (ZIP_MARKS.some((each) => mark.startsWith(each))) return;
    if (mark !== OLE2_MARK) {
      throw notATable(name, 'not a workbook', `Open it in your spreadsheet program, ${SAVE_AS_XLSX}`);
    }
    // [MS-CFB] §2.2: the shift of the sector size at 30, the first sector of the directory at 48, counted after
    // the header's. A directory has more sectors elsewhere, but the streams that tell come first.
    const sectorBytes = 2 ** Math.min(head.readUInt16LE(30), 12);
    const directory = Buffer.alloc(4096);
    await file.read(directory, 0, directory.length, (head.readUInt32LE(48) + 1) * sectorBytes);
    throw ole2File(name, directory.toString('utf16le'));
  } finally {
    await file.close();
  }
}

function ole2File(name: string, directory: string): AppError {
  // [MS-OFFCRYPTO] §2.3: what a password makes of a workbook; [MS-XLS] §2.1: the stream of an old one.
  if (/EncryptedPackage|EncryptionInfo/.test(directory)) return encrypted(name);
  if (/Workbook|Book/.test(directory)) {
    return notATable(
      name,
      'a workbook in the old Excel format (.xls), which Accession does not read',
      `Open it in your spreadsheet program, ${SAVE_AS_XLSX}`,
    );
  }
  return notATable(
    name,
    'an old Office document, not a workbook',
    `If it holds a table, copy that into a spreadsheet, ${SAVE_AS_XLSX}`,
  );
}

/** What a ZIP is that has no `xl/workbook.xml`; `mainPart` is the path of an Office document's main part, if any. */
export async function otherPackage(
  name: string,
  parts: ZipParts,
  mainPart: string | null,
): Promise<AppError> {
  const openAndSave = `Open it in your spreadsheet program, ${SAVE_AS_XLSX}`;
  const copyTable = `If it holds a table, copy that into a spreadsheet, ${SAVE_AS_XLSX}`;
  if (mainPart?.endsWith('.bin')) {
    return notATable(name, 'a binary workbook (.xlsb), which Accession does not read', openAndSave);
  }
  if (mainPart?.startsWith('word/')) return notATable(name, 'a Word document', copyTable);
  if (mainPart?.startsWith('ppt/')) return notATable(name, 'a PowerPoint presentation', copyTable);
  if (parts.paths.some((path) => /^Index\/.*\.iwa$/.test(path))) {
    return notATable(
      name,
      'an Apple Numbers or Pages document',
      `Choose File > Export To there, ${SAVE_AS_XLSX}`,
    );
  }
  const mimetype = await mimetypeOf(parts);
  if (mimetype.includes('opendocument.spreadsheet')) {
    return notATable(name, 'an OpenDocument spreadsheet (.ods), which Accession does not read', openAndSave);
  }
  if (mimetype.includes('opendocument')) return notATable(name, 'an OpenDocument file', copyTable);
  if (mimetype.includes('epub')) return notATable(name, 'an e-book, not a list of books', copyTable);
  return notATable(
    name,
    'a ZIP archive, not a workbook',
    'Unpack it, and load the files that are inside it.',
  );
}

/** OpenDocument 1.3 part 2 §3.3 and EPUB OCF §4.3 both put their kind into a part of this name. */
async function mimetypeOf(parts: ZipParts): Promise<string> {
  if (!parts.has('mimetype')) return '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of parts.read('mimetype', 1024)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
