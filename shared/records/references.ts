import type { RowIssue } from './types.ts';

export interface UnknownReference {
  studentId: string;
  bookId: string;
  missingStudent: boolean;
  missingBook: boolean;
}

/** Why a checkout cannot be loaded, the student first: one issue for each id that leads nowhere. */
export function missingReferenceIssues(reference: UnknownReference): Omit<RowIssue, 'row' | 'line'>[] {
  const { studentId, bookId, missingStudent, missingBook } = reference;
  return [
    ...(missingStudent ? [missing('student', studentId)] : []),
    ...(missingBook ? [missing('book', bookId)] : []),
  ];
}

function missing(what: 'student' | 'book', id: string): Omit<RowIssue, 'row' | 'line'> {
  return {
    column: `${what}_id`,
    code: `reference.missing-${what}`,
    severity: 'error',
    value: id,
    message: `There is no ${what} ${id}, neither in the database nor among the accepted rows of this load. Load the ${what} first, or correct the id.`,
    suggestion: null,
  };
}
