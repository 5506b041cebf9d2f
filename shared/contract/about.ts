import { z } from 'zod';
import type { ErrorReport } from '../errors.ts';

/** What comes back over every door, in this one shape: a request never throws across a process border. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: ErrorReport };

/** Says which Accession is running. Takes nothing, changes nothing, and answers as soon as the backend is up. */
export const aboutRoute = {
  name: 'app.about',
  input: z.strictObject({}),
  output: z.strictObject({
    name: z.string().min(1),
    version: z.string().min(1),
    /** The Node that runs the backend, without the leading "v". */
    nodeVersion: z.string().min(1),
  }),
} as const;

export type About = z.infer<typeof aboutRoute.output>;
