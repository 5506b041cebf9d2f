import { AppError } from '../../shared/errors.ts';
import { failureTexts } from '../texts/failure.ts';

/** What of anything thrown can be shown: what is wrong, and what to do. */
export interface Failure {
  message: string;
  hint: string;
}

/** A refused request speaks for itself; anything else is a fault of the page. */
export function failureOf(thrown: unknown): Failure {
  return thrown instanceof AppError ? { message: thrown.message, hint: thrown.hint } : failureTexts.unknown;
}
