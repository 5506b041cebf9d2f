import { AppError } from '../../shared/errors.ts';
import { mapColumns, recogniseType } from '../../shared/records/mapping.ts';
import { RECORD_TYPES, type RecordType } from '../../shared/records/types.ts';
import type { LoadFile } from './database-port.ts';
import type { ColumnMapping, OpenedFile, RecordSource } from './ports.ts';

/** A file that is open and understood: what kind it is and where its columns are. */
export interface MappedFile {
  fileNo: number;
  opened: OpenedFile;
  mapping: ColumnMapping;
}

/**
 * Opens every file, recognises what it holds and puts the files into the order their keys need: books,
 * students, checkouts; files of one type stay in the order given. Throws `file.*` before anything was
 * read further than a header.
 */
export async function openFiles(
  source: RecordSource,
  paths: readonly string[],
  type: RecordType | null,
  signal: AbortSignal,
): Promise<MappedFile[]> {
  const understood: Omit<MappedFile, 'fileNo'>[] = [];
  for (const path of paths) {
    const opened = await source.open(path, signal);
    const recognised = type ?? recogniseType(opened.header);
    if (recognised === null) throw unknownType(opened);
    understood.push({ opened, mapping: mapColumns(recognised, opened.header, opened.name) });
  }
  return understood
    .toSorted((a, b) => RECORD_TYPES.indexOf(a.mapping.type) - RECORD_TYPES.indexOf(b.mapping.type))
    .map((file, fileNo) => ({ fileNo, ...file }));
}

export function loadFileOf({ fileNo, opened, mapping }: MappedFile): LoadFile {
  return {
    fileNo,
    path: opened.path,
    name: opened.name,
    type: mapping.type,
    columns: Object.keys(mapping.sources),
    header: opened.header,
  };
}

function unknownType(opened: OpenedFile): AppError {
  return new AppError({
    code: 'file.unknown-type',
    message: `${opened.name}: the columns do not tell whether these are books, students or checkouts.`,
    hint: `Its first line was taken as the header and has ${opened.header.length} ${opened.header.length === 1 ? 'column' : 'columns'}. Name the kind with --type, or give the columns their usual names (book_id and title; student_id and grade_level; student_id, book_id and checkout_date).`,
  });
}
