/** What a column holds, as far as damage is concerned: it decides what is looked for in its cells. */
export type ColumnRole =
  | 'isbn'
  /** A book, student or checkout id; also an unmapped column whose heading names one (`barcode`). */
  | 'key'
  | 'date'
  | 'number'
  /** A calendar year. Nothing is looked for: what is wrong with a year, its own rules say. */
  | 'year'
  | 'text'
  | 'list'
  /** Nothing is looked for: such a column is never loaded. */
  | 'unmapped';

/** The kinds of damage, in the order in which they are told of one column. */
export const DAMAGE_KINDS = [
  'isbn-leading-zero',
  'isbn-scientific',
  'scientific-notation',
  'id-leading-zero',
  'decimal-tail',
  'date-serial',
  'turned-into-date',
  'mojibake',
  'lost-characters',
  'text-cut-255',
  'text-cut-32767',
] as const;
export type DamageKind = (typeof DAMAGE_KINDS)[number];

/** Day 1 of a spreadsheet's dates is 1 January 1900, or (old Excel for Mac) day 0 is 1 January 1904. */
export type DateSystem = 1900 | 1904;
