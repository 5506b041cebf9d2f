import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileInput, SecretPart } from '../../../shared/settings/profile.ts';
import { makeAuthority } from '../../services/certificates.ts';
import { type Mark, markIn, markOf } from './marks.ts';

/** A school all of whose secrets and students are marked. */
export interface MarkedSchool {
  secrets: Record<SecretPart, Mark>;
  /** What variables hold: another password, key and login than the profiles. */
  variables: Record<'DB_URL' | 'OPENAI_API_KEY' | 'KAFKA_SASL_PASSWORD', Mark>;
  /** What an old `.env` holds. */
  envFile: Record<'DB_URL' | 'OPENAI_API_KEY' | 'KAFKA_SASL_PASSWORD', Mark>;
  /** Entered where it does not belong. */
  misplaced: Mark;
  students: Record<'teacher' | 'student' | 'heading' | 'lost', Mark>;
  /** Of the profile: names authority and client certificate, whose key is a secret. */
  certificates: { ca: string; client: string };
}

const password = (core: string): string => `${core}/@:"' %=`;

export function markedSchool(): MarkedSchool {
  const authority = makeAuthority('Canary authority');
  const client = authority.issue('accession-client', 'DNS:accession-client');
  return {
    secrets: {
      'postgres-password': markOf('the password of the database', password),
      'kafka-password': markOf('the password for Kafka', password),
      'kafka-client-key': markIn('the client key for Kafka', client.key),
      'openai-api-key': markOf('the key for OpenAI', (core) => `sk-${core}`),
    },
    variables: {
      DB_URL: markOf('the password in DB_URL', password),
      OPENAI_API_KEY: markOf('OPENAI_API_KEY', (core) => `sk-${core}`),
      KAFKA_SASL_PASSWORD: markOf('KAFKA_SASL_PASSWORD', password),
    },
    envFile: {
      DB_URL: markOf('the password in DB_URL of a .env', password),
      OPENAI_API_KEY: markOf('OPENAI_API_KEY of a .env', (core) => `sk-${core}`),
      KAFKA_SASL_PASSWORD: markOf('KAFKA_SASL_PASSWORD of a .env', (core) => core),
    },
    misplaced: markOf('a password in the wrong field'),
    students: {
      teacher: markOf('the name of a teacher', (core) => `Ms ${core}`),
      student: markOf('the id of a student', (core) => `ST-${core}`),
      heading: markOf('a name where headings belong'),
      lost: markOf('the id of a student who is nowhere'),
    },
    certificates: { ca: authority.certificate, client: client.certificate },
  };
}

export const secretsOf = (school: MarkedSchool): Mark[] => [
  ...Object.values(school.secrets),
  ...Object.values(school.variables),
  ...Object.values(school.envFile),
  school.misplaced,
];
export const studentsOf = (school: MarkedSchool): Mark[] => Object.values(school.students);

export function databaseUrl(mark: Mark, port: number): string {
  return `postgresql://lib:${encodeURIComponent(mark.text)}@127.0.0.1:${port}/library`;
}

/** A production profile that fails at each of its parts: two servers that quote what they hear, one that is not there. */
export function failingProfile(
  school: MarkedSchool,
  ports: { postgres: number; openai: number },
): Omit<ProfileInput, 'id'> {
  const { ca, client } = school.certificates;
  return {
    name: 'Echo',
    kind: 'production',
    postgres: { host: '127.0.0.1', port: ports.postgres, database: 'library', user: 'lib' },
    kafka: {
      brokers: ['127.0.0.1:1'],
      tls: 'verify',
      ca,
      clientCertificate: client,
      sasl: { mechanism: 'plain', username: 'lib' },
    },
    openai: { baseUrl: `http://127.0.0.1:${ports.openai}/v1` },
  };
}

export function oldEnvFile(school: MarkedSchool, port: number): string {
  const { DB_URL, OPENAI_API_KEY, KAFKA_SASL_PASSWORD } = school.envFile;
  return [
    `DB_URL=${databaseUrl(DB_URL, port)}`,
    `OPENAI_API_KEY=${OPENAI_API_KEY.text}`,
    `KAFKA_BROKERS=127.0.0.1:1`,
    'KAFKA_SECURITY=sasl_plaintext',
    'KAFKA_SASL_USERNAME=lib',
    `KAFKA_SASL_PASSWORD=${KAFKA_SASL_PASSWORD.text}`,
    school.misplaced.text,
    `UNKNOWN=${school.misplaced.text}`,
  ].join('\n');
}

export interface MarkedFiles {
  books: string;
  students: string;
  checkouts: string;
  /** Its first row is a student. */
  noHeading: string;
  /** Has been through a spreadsheet, and names a teacher where a rule is taught. */
  damaged: string;
  env: string;
}

/** Rows that load, and rows with every kind of mistake, all about marked students. */
export function writeMarkedFiles(dir: string, school: MarkedSchool, port: number): MarkedFiles {
  const { teacher, student, heading, lost } = school.students;
  const write = (name: string, lines: readonly string[]): string => {
    const path = join(dir, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  return {
    books: write('books.csv', ['book_id,title', 'BK-1,One book', 'BK-2,Another']),
    students: write('students.csv', [
      `student_id,grade_level,age,homeroom_teacher,lunch_period,${heading.text}`,
      `${student.text},4,9,${teacher.text},1,x`,
      `${student.text}-b,${teacher.text},9,${teacher.text},1,x`,
      `${student.text}-c,4,${student.text},${teacher.text},1,x`,
      `${student.text}-d,4,9,${teacher.text},1,x,${teacher.text}`,
      `${student.text}-e,4,9,${teacher.text},1,x`,
      `${student.text}-e,4,9,${teacher.text},1,x`,
      `${student.text}-f,4,9,"${teacher.text}`,
      `${student.text}-g,4,9,${teacher.text.repeat(400)},1,x`,
    ]),
    checkouts: write('checkouts.csv', [
      'student_id,book_id,checkout_date,student_rating',
      `${student.text},BK-1,2026-09-03,5`,
      `${student.text},BK-2,9/3/2026,5`,
      `${student.text},BK-2,${teacher.text},5`,
      `ST-${lost.text},BK-1,2026-09-03,5`,
    ]),
    noHeading: write('students-2.csv', [
      `${student.text},4,9,${teacher.text},1`,
      `${student.text}-b,4,9,${teacher.text},1`,
    ]),
    damaged: write('students-4.csv', [
      'student_id,grade_level,age,homeroom_teacher,lunch_period',
      `${student.text}-h,4,9,${teacher.text} JosÃ©,1`,
      `${student.text}-i,4,9,${teacher.text} RenÃ©e,1`,
      // With a character that nobody sees.
      `${student.text}-j\u200b,4,9,${teacher.text},1`,
      `${student.text}-k,4,9,${teacher.text},1`,
      `${student.text}-l,no ${teacher.text},9,Ms Gray,1`,
    ]),
    env: write('old.env', [oldEnvFile(school, port)]),
  };
}
