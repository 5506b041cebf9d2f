import { z } from 'zod';
import { defineRoute } from './define.ts';

/** Says which Accession is running. Takes nothing, changes nothing, and answers as soon as the backend is up. */
export const aboutRoute = defineRoute({
  name: 'app.about',
  input: z.strictObject({}),
  output: z.strictObject({
    name: z.string().min(1),
    version: z.string().min(1),
    /** The Node that runs the backend, without the leading "v". */
    nodeVersion: z.string().min(1),
  }),
});

export type About = z.infer<typeof aboutRoute.output>;
