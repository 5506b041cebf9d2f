import { type CustomTypesConfig, types } from 'pg';
import { asText, DATE, DATE_ARRAY, INT8, INT8_ARRAY, NUMERIC_ARRAY, TIMESTAMP } from '../sql/wire-types.ts';

/** The parser of `text[]` (1009), which the declarations of `pg` leave out. */
const parseTextArray = types.getTypeParser(1009 as number, 'text') as (text: string) => (string | null)[];

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [INT8, Number],
  [INT8_ARRAY, (text) => parseTextArray(text).map((item) => (item === null ? null : Number(item)))],
  [DATE, asText],
  [DATE_ARRAY, parseTextArray],
  [TIMESTAMP, asText],
  [NUMERIC_ARRAY, parseTextArray],
]);

/** Counts as numbers, days as text, instants as Date, NUMERIC as text: the same as PGlite is told. */
export const TYPE_PARSERS: CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : PARSERS.get(id)) ?? types.getTypeParser(id, format),
};
