import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import type { SqlConnection } from '../sql/session.ts';

/** Plausible in every column, since a database may have rules of its own about them. */
const TRIAL_ROWS: readonly string[] = [
  `INSERT INTO public.students (student_id, grade_level, age, homeroom_teacher, prior_year_reading_score, lunch_period)
   VALUES ($1, 5, 10, 'Connection test', 3, '4')`,
  `INSERT INTO public.catalog (book_id, title, author, genre, keywords, description, page_count, publication_year, difficulty_band, reading_level, average_rating)
   VALUES ($1, 'Connection test', 'Accession', '[]', '[]', '', 100, 2020, 'middle_school', 5.0, 4.0)`,
  `INSERT INTO public.checkout (student_id, book_id, checkout_date, student_rating, checkout_id)
   VALUES ($1, $1, current_date, 4, $1)`,
  `INSERT INTO public.book_embeddings (book_id) VALUES ($1)`,
];

/** Somebody who changes a table's form holds everybody up; a test need not wait for it. */
const SHORT_OF_PATIENCE = `SELECT set_config('lock_timeout', '2s', true), set_config('statement_timeout', '10s', true)`;

class TakenBack extends Error {}

/**
 * Adds one row to each of the four tables in a transaction that is always rolled back: rights can be read from the
 * catalog, but row security, triggers and a server that takes no changes only show in the act. Nobody else ever
 * sees the rows. Null where the database took them.
 */
export async function trialInsert(
  connection: SqlConnection,
  id: string,
  signal: AbortSignal,
): Promise<ProbeProblem | null> {
  try {
    await connection.transaction(async (session) => {
      await session.query(SHORT_OF_PATIENCE);
      for (const statement of TRIAL_ROWS)
        await session.query(statement, statement.includes('$1') ? [id] : []);
      throw new TakenBack();
    }, signal);
    return null;
  } catch (thrown) {
    if (thrown instanceof TakenBack) return null;
    if (!(thrown instanceof AppError)) throw thrown;
    return refusal(thrown);
  }
}

function refusal(error: AppError): ProbeProblem {
  const state = sqlState(error);
  if (state === '25006')
    return {
      code: 'read-only',
      message: 'The database takes no changes: it is a replica, or it has been set to read-only.',
      hint: 'Put the host of the database that takes changes into the profile, or mark the profile as read-only.',
      fix: null,
    };
  if (state === '55P03' || state === '57014')
    return {
      code: 'busy',
      message: 'Another program is holding the tables, so a trial row could not be added within two seconds.',
      hint: 'Test again when it is done; a load would wait for it.',
      fix: null,
    };
  return {
    code: 'row-refused',
    message: `The database refused a trial row, although the rights are there. ${error.message}`,
    hint: 'Ask whoever looks after the database about triggers, row security and rules on its tables.',
    fix: null,
  };
}

function sqlState({ cause }: AppError): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}
