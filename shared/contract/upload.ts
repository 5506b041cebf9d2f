import { z } from 'zod';

/*
 * How a browser brings a file: a POST of its bytes (application/octet-stream, nothing around them) to UPLOAD_PATH
 * on the page's own host, with the file's name as the parameter `name`. The answer is JSON: 201 with `uploadedFile`,
 * or `uploadRefused`. The id is then used in requests as an id of the desktop's is.
 */

export const UPLOAD_PATH = '/upload';

/** Ends the session of the browser that POSTs to it; its sockets are closed with SIGNED_OUT_CLOSE_CODE. */
export const SIGN_OUT_PATH = '/sign-out';

export const uploadedFile = z.strictObject({
  id: z.string().min(1),
  /** Without folders. */
  name: z.string().min(1),
  sizeBytes: z.number().nonnegative(),
});

export const uploadRefused = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string(), retryable: z.boolean() }),
});

export type UploadedFile = z.output<typeof uploadedFile>;
