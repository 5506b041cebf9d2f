import { z } from 'zod';
import type { ErrorCode, ErrorReport } from '../errors.ts';

/** What comes back over every door, in this one shape: a request never throws across a process border. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: ErrorReport };

/** Any text counts as a code: a page must be able to show the errors of a backend that knows more of them. */
const code = z.custom<ErrorCode>((value) => typeof value === 'string' && /^[a-z][a-z.-]{1,60}$/.test(value));

export const errorReportSchema = z.object({
  code,
  message: z.string(),
  hint: z.string(),
  retryable: z.boolean(),
});

/** The envelope alone; `value` is parsed by the route it answers. */
export const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorReportSchema }),
]);
