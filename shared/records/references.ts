import type { RowIssue } from './types.ts';

export interface UnknownReference {
  studentId: string;
  bookId: string;
  missingStudent: boolean;
  missingBook: boolean;
  /** False where only the files of the load were looked at, since no database was named. */
  databaseAsked: boolean;
}

/** Why a checkout cannot be loaded, the student first: one issue for each id that leads nowhere. */
export function missingReferenceIssues(reference: UnknownReference): Omit<RowIssue, 'row' | 'line'>[] {
  const { studentId, bookId, missingStudent, missingBook, databaseAsked } = reference;
  return [
    ...(missingStudent ? [missing('student', studentId, databaseAsked)] : []),
    ...(missingBook ? [missing('book', bookId, databaseAsked)] : []),
  ];
}

function missing(
  what: 'student' | 'book',
  id: string,
  databaseAsked: boolean,
): Omit<RowIssue, 'row' | 'line'> {
  return {
    column: `${what}_id`,
    code: `reference.missing-${what}`,
    severity: 'error',
    value: id,
    message: databaseAsked
      ? `There is no ${what} ${id}, neither in the database nor among the accepted rows of this load. Load the ${what} first, or correct the id.`
      : `There is no ${what} ${id} among the accepted rows of this load, and no database was asked. Correct the id, add the ${what}, or name the database that has it.`,
    suggestion: null,
  };
}
