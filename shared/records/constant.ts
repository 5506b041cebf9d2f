import { AppError } from '../errors.ts';
import { type Coercer, isBlankWord } from './coerce.ts';
import type { Column } from './columns.ts';
import { type Finding, valueRequired } from './messages.ts';

export type ConstantReading<T> =
  /** `value` is null where it is blank; `finding` is a warning. */
  { ok: true; value: T | null; finding: Finding | null } | { ok: false; reason: string };

/** Reads a value that is the same for all records by its column's own rules. */
export function readConstant<T>(column: Column, text: string, coerce: Coercer<T>): ConstantReading<T> {
  if (column.distinct) {
    return {
      ok: false,
      reason: `The ${column.label} tells records apart, so it cannot be the same for all.`,
    };
  }
  const trimmed = text.trim();
  if (trimmed === '' || (column.blankWords && isBlankWord(trimmed))) {
    if (column.required) return { ok: false, reason: valueRequired(column.label).message };
    return { ok: true, value: null, finding: null };
  }
  const read = coerce(trimmed);
  if (read.state === 'invalid') return { ok: false, reason: read.finding.message };
  return { ok: true, value: read.value, finding: read.finding };
}

/**
 * As `readConstant`, for a reader that has no way but to give up: a constant that cannot be read would be the
 * same error in every record. Throws AppError `mapping.invalid`; `mapColumns` finds it out before.
 */
export function constantValue<T>(column: Column, text: string, coerce: Coercer<T>): T | null {
  const reading = readConstant(column, text, coerce);
  if (reading.ok) return reading.value;
  throw new AppError({
    code: 'mapping.invalid',
    message: `The value that the mapping sets for ${column.name} cannot be used. ${reading.reason}`,
    hint: `Correct the value of ${column.name} in the mapping.`,
  });
}
