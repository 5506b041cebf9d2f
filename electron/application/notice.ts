import { toAppError } from '../../shared/errors.ts';

/** What a person is told of something that went wrong beside what was asked for. */
export function noticeOf(thrown: unknown): string {
  const { message, hint } = toAppError(thrown);
  return `${message} ${hint}`;
}
