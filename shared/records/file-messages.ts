import { headingText } from './messages.ts';
import type { RowIssue, Suggestion } from './types.ts';

/** What is known of a file once it has been read to its end. */
export interface FileFacts {
  rows: number;
  encoding: string;
  /** False where the encoding was inferred from bytes that are no UTF-8. */
  encodingSure: boolean;
  /** Characters that no reading could recover. */
  lostCharacters: number;
}

/** What of a workbook was read. */
export interface SheetFacts {
  sheet: string;
  /** All that could have been meant, the one that was read among them. */
  sheets: readonly string[];
}

/** How people call the encodings that files of schools come in; others go by their label. */
const ENCODING_NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Windows-1252 (Western European)',
};

export function encodingName(label: string): string {
  return ENCODING_NAMES[label] ?? label;
}

/** Past so many the other sheets are counted, not named. */
const NAMED_SHEETS = 10;

/**
 * What is to be said of a file as a whole: warnings on row 0, at the line of the header. `workbook` is null for a
 * file that is none.
 */
export function fileIssues(
  fileName: string,
  headerLine: number,
  facts: FileFacts,
  workbook: SheetFacts | null = null,
): RowIssue[] {
  const issues: RowIssue[] = [];
  const warn = (code: RowIssue['code'], message: string, suggestion: Suggestion | null): void => {
    issues.push({
      row: 0,
      line: Math.max(1, headerLine),
      column: null,
      code,
      severity: 'warning',
      value: null,
      message,
      suggestion,
    });
  };
  if (!facts.encodingSure)
    warn(
      'file.encoding-guessed',
      `${fileName} is not written in UTF-8; it was read as ${encodingName(facts.encoding)}.`,
      {
        label: 'Look at some names with accents. If they are wrong, name the encoding, such as macintosh.',
        value: null,
      },
    );
  if (facts.lostCharacters > 0)
    warn(
      'file.characters-lost',
      `${facts.lostCharacters === 1 ? 'One place' : `${facts.lostCharacters} places`} in ${fileName} could not be read as ${encodingName(facts.encoding)}; each shows as \ufffd.`,
      { label: 'Name the encoding the file was saved in, or save it anew as CSV UTF-8.', value: null },
    );
  const others = workbook?.sheets.filter((name) => name !== workbook.sheet) ?? [];
  if (workbook !== null && others.length > 0)
    warn(
      'file.other-sheets',
      `Only the sheet "${headingText(workbook.sheet)}" of ${fileName} was read. It also has: ${sheetNames(others)}.`,
      { label: 'To read another sheet, choose it by its name.', value: null },
    );
  if (facts.rows === 0)
    warn('csv.no-rows', `${fileName} has headings but no rows below them.`, {
      label: 'Check that the export was not empty.',
      value: null,
    });
  return issues;
}

function sheetNames(names: readonly string[]): string {
  const named = names.slice(0, NAMED_SHEETS).map((name) => `"${headingText(name)}"`);
  const more = names.length - named.length;
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
}
