import { type Command, InvalidArgumentError, Option } from 'commander';
import { RECORD_TYPES, type RecordType } from '../../shared/records/types.ts';
import type { Composition } from '../compose/compose.ts';
import type { FilesRequest } from '../engine/open-files.ts';

/** How the named files are to be read; the same for `check` and `load`. */
export interface FileOptions {
  type?: RecordType;
  mapping?: string;
  dates?: 'month-first' | 'day-first';
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  header: boolean;
  remembered: boolean;
}

export function addFileOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--type <kind>',
        'what the files hold (recognised from their columns and content otherwise)',
      ).choices(RECORD_TYPES),
    )
    .option('--mapping <file>', 'read the columns as this mapping file says')
    .addOption(
      new Option(
        '--dates <order>',
        'order of day and month in dates like 9/3/2026; remembered for these columns',
      ).choices(['month-first', 'day-first']),
    )
    .option('--encoding <name>', 'how the files are written, such as windows-1252 (found out otherwise)')
    .option(
      '--delimiter <character>',
      'what stands between cells (found out otherwise; "tab" for a tab)',
      oneCharacter,
    )
    .option('--sheet <name>', 'which sheet of a workbook to read (the first with content otherwise)')
    .option('--no-header', 'the first line is a record: columns are called by their numbers in a --mapping')
    .option('--no-remembered', 'forget for once how files of this shape were read before');
}

/** Throws file.*, mapping.invalid where the mapping file cannot be used. */
export async function filesRequest(
  { mappingFiles }: Pick<Composition, 'mappingFiles'>,
  paths: readonly string[],
  options: FileOptions,
): Promise<FilesRequest> {
  return {
    paths,
    type: options.type ?? null,
    mapping: options.mapping === undefined ? null : await mappingFiles.read(options.mapping),
    useRemembered: options.remembered,
    dateOrder: options.dates ?? null,
    reading: {
      ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
      ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
      ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
      ...(options.header ? {} : { header: false }),
    },
  };
}

function oneCharacter(text: string): string {
  if (/^(tab|\\t)$/i.test(text)) return '\t';
  if (text.length !== 1 || /["\r\n]/.test(text) || text > '\x7f')
    throw new InvalidArgumentError('It takes one character, such as ; or |, or the word tab.');
  return text;
}
