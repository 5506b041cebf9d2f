import { type Breakage, linesShown } from './breakage.ts';
import { enterSecret, section } from './profile-steps.ts';

/** What a database that answers may refuse or lack. Its user may create nothing, so that the screen offers SQL. */
export function databaseBreakages(): Breakage[] {
  return [
    {
      name: 'wrong password',
      async break({ page }) {
        await enterSecret(await section(page, 'Postgres'), 'Password', 'not-the-password');
      },
      shows: ({ school }) => ({
        Postgres: {
          message: `The database does not accept the password of the user "${school.postgres.user}".`,
          mend: 'Enter user and password again',
        },
      }),
      async mend({ page, school }) {
        await enterSecret(await section(page, 'Postgres'), 'Password', school.postgres.password);
      },
    },
    {
      name: 'missing extension',
      break: ({ school }) => school.postgres.makeAnew(),
      shows: ({ school }) => ({
        Postgres: {
          message: `The database "${school.postgres.database}" lacks the extension pgvector`,
          mend: `The user "${school.postgres.user}" may not create it: give the SQL that goes with this to whoever looks after the database.`,
          fix: { title: SQL_TITLE, line: 'CREATE EXTENSION IF NOT EXISTS vector;' },
        },
      }),
      mend: ({ school }, seen) => school.postgres.asAdmin(linesShown(seen, 'Postgres')),
    },
    {
      name: 'missing table',
      break: ({ school }) => school.postgres.asAdmin('DROP TABLE public.checkout'),
      shows: ({ school }) => ({
        Postgres: {
          message: `The database "${school.postgres.database}" lacks the table checkout.`,
          mend: 'If the recommendation engine is running already, check that this is its database.',
          fix: { title: SQL_TITLE, line: 'CREATE TABLE public.checkout' },
        },
      }),
      mend: ({ school }, seen) => school.postgres.asAdmin(linesShown(seen, 'Postgres')),
    },
    {
      name: 'no INSERT right',
      break: ({ school }) =>
        school.postgres.asAdmin(`REVOKE INSERT ON public.catalog FROM ${school.postgres.user}`),
      shows: ({ school }) => ({
        Postgres: {
          message: `The database user "${school.postgres.user}" lacks rights: catalog (INSERT).`,
          mend: 'Give the SQL that goes with this to whoever looks after the database, then test again.',
          fix: { title: SQL_TITLE, line: `GRANT INSERT ON public.catalog TO "${school.postgres.user}";` },
        },
      }),
      mend: ({ school }, seen) => school.postgres.asAdmin(linesShown(seen, 'Postgres')),
    },
  ];
}

const SQL_TITLE = 'SQL for whoever looks after the database';
