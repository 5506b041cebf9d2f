import { AppError } from '../../shared/errors.ts';
import { DATE_COLUMNS } from '../../shared/records/date-order.ts';
import { looksHeaderless, noHeader } from '../../shared/records/headerless.ts';
import { headerShape } from '../../shared/records/headings.ts';
import { mapColumns } from '../../shared/records/mapping.ts';
import { recogniseType } from '../../shared/records/recognise-type.ts';
import { savedMappingOf } from '../../shared/records/save-mapping.ts';
import type { SavedMapping } from '../../shared/records/saved-mapping.ts';
import {
  type ColumnMapping,
  type DateOrder,
  RECORD_TYPES,
  type RecordType,
} from '../../shared/records/types.ts';
import type { LoadFile } from './database-port.ts';
import { AS_FOUND, type FileReading, type FileStore, type OpenedFile } from './file-port.ts';
import type { MappingStore } from './mapping-port.ts';
import type { Clock } from './ports.ts';

/** A file that is open and understood: what kind it is and where its columns are. */
export interface MappedFile {
  fileNo: number;
  opened: OpenedFile;
  mapping: ColumnMapping;
  /** Its columns are read as those of an earlier file of the same shape were. */
  remembered: boolean;
  /** The mapping it was read with, given or remembered; null where there was none, or none of its type. */
  saved: SavedMapping | null;
}

/** What a person said about the files of a load; the same for all of them. */
export interface FilesRequest {
  paths: readonly string[];
  /** Null: recognised from each file's columns and content. */
  type: RecordType | null;
  reading: Partial<FileReading>;
  /** From a mapping file; used for the files of its type, and for those whose headings tell no type. */
  mapping: SavedMapping | null;
  /** Read a file as one of its shape was read before. */
  useRemembered: boolean;
  /** Order of day and month in dates with the year last, for columns whose order nobody said yet. */
  dateOrder: DateOrder | null;
}

export interface OpenPorts {
  files: FileStore;
  mappings: MappingStore;
  clock: Clock;
}

/**
 * Opens every file, recognises what it holds and puts the files into the order their keys need: books,
 * students, checkouts; files of one type stay in the order given. Throws `file.*`, mapping.invalid before
 * anything was read further than the first records. What was opened is closed where it throws.
 */
export async function openFiles(
  ports: OpenPorts,
  loadId: string,
  request: FilesRequest,
  signal: AbortSignal,
): Promise<MappedFile[]> {
  const understood: Omit<MappedFile, 'fileNo'>[] = [];
  const opened: OpenedFile[] = [];
  try {
    for (const [key, path] of request.paths.entries()) {
      const file = await ports.files.open({ loadId, key, path, reading: readingOf(request) }, signal);
      opened.push(file);
      understood.push(
        await understandFile(ports, file, { ...request, alone: request.paths.length === 1 }, signal),
      );
    }
  } catch (thrown) {
    await closeFiles(opened);
    throw thrown;
  }
  return understood
    .toSorted((a, b) => RECORD_TYPES.indexOf(a.mapping.type) - RECORD_TYPES.indexOf(b.mapping.type))
    .map((file, fileNo) => ({ fileNo, ...file }));
}

export async function closeFiles(files: readonly OpenedFile[]): Promise<void> {
  await Promise.all(files.map((file) => file.close()));
}

/** What was said beats what the mapping file says. */
export function readingOf({ reading, mapping }: Pick<FilesRequest, 'reading' | 'mapping'>): FileReading {
  return {
    encoding: reading.encoding ?? mapping?.encoding ?? AS_FOUND.encoding,
    delimiter: reading.delimiter ?? mapping?.delimiter ?? AS_FOUND.delimiter,
    sheet: reading.sheet ?? mapping?.sheet ?? AS_FOUND.sheet,
    header: reading.header ?? mapping?.header ?? AS_FOUND.header,
  };
}

/** What was said about one file. */
export interface FileRequest extends Pick<FilesRequest, 'type' | 'mapping' | 'useRemembered' | 'dateOrder'> {
  /** No other file was named with it, so that a mapping is meant for this one. */
  alone: boolean;
}

/**
 * Recognises what an open file holds and where its columns are. Throws file.unknown-type, file.no-header,
 * file.missing-column, mapping.invalid; the file stays open.
 */
export async function understandFile(
  ports: Pick<OpenPorts, 'mappings' | 'clock'>,
  opened: OpenedFile,
  request: FileRequest,
  signal: AbortSignal,
): Promise<Omit<MappedFile, 'fileNo'>> {
  const { header, sample, name: fileName } = opened;
  const today = ports.clock.now();
  const said = request.type ?? (request.alone ? (request.mapping?.type ?? null) : null);
  const remembered =
    request.mapping === null && request.useRemembered
      ? await ports.mappings.remembered(headerShape(header), signal)
      : null;
  // Of several files the mapping is for the one whose own headings say nothing.
  const type = said ?? remembered?.type ?? recogniseType(header, sample) ?? request.mapping?.type ?? null;
  if (type === null) {
    if (opened.headerLine !== 0 && looksHeaderless(header, sample)) throw noHeader(fileName);
    throw unknownType(opened);
  }
  const saved = request.mapping ?? remembered;
  const fitting = saved?.type === type ? saved : null;
  const found = mapColumns({ type, header, sample, fileName, saved: fitting, today });
  return {
    opened,
    mapping: withDateOrder(found, request.dateOrder),
    remembered: remembered !== null && fitting === remembered,
    saved: fitting,
  };
}

/** Keeps what a person said about a file's columns for the next file of its shape; of the others nothing was said. */
export async function rememberMappings(
  { mappings }: Pick<OpenPorts, 'mappings'>,
  files: readonly MappedFile[],
  request: FilesRequest,
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) {
    const mapped = request.mapping !== null && file.saved === request.mapping;
    const ordered = request.dateOrder !== null && Object.keys(file.mapping.dateOrders).length > 0;
    if (mapped || ordered)
      await mappings.remember(headerShape(file.opened.header), savedMapping(file, request), signal);
  }
}

/** What was said and found of a file, in the form in which it is kept. */
export function savedMapping(
  { mapping, saved }: MappedFile,
  request: Pick<FilesRequest, 'reading' | 'mapping'>,
): SavedMapping {
  return savedMappingOf(mapping, { ...readingOf(request), saved });
}

function withDateOrder(mapping: ColumnMapping, order: DateOrder | null): ColumnMapping {
  if (order === null) return mapping;
  const asked = Object.entries(mapping.sources).flatMap(([column, source]) =>
    DATE_COLUMNS.has(column) || (source?.kind === 'derived' && source.rule.kind === 'age-on') ? [column] : [],
  );
  const orders = Object.fromEntries(asked.map((column) => [column, order]));
  return { ...mapping, dateOrders: { ...orders, ...mapping.dateOrders } };
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
    hint: `Its first line was taken as the header and has ${opened.header.length} ${opened.header.length === 1 ? 'column' : 'columns'}. Give the columns their usual names (book_id and title; student_id and grade_level; student_id, book_id and checkout_date), or say what the file holds: on its card in the window, with --type or --mapping on the command line.`,
  });
}
