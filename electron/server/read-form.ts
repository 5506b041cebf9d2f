import type { IncomingMessage } from 'node:http';

/** A form of ours holds one short field. */
const MAX_BYTES = 8 * 1024;
const WITHIN_MS = 10_000;

/** The fields of a form; null for what is too long, too slow, cut off or no form. Never rejects. */
export function readForm(
  request: IncomingMessage,
  withinMs: number = WITHIN_MS,
): Promise<URLSearchParams | null> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return Promise.resolve(null);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const end = (form: URLSearchParams | null): void => {
      clearTimeout(timer);
      request.off('data', onData);
      request.pause();
      resolve(form);
    };
    const onData = (piece: Buffer): void => {
      bytes += piece.length;
      if (bytes > MAX_BYTES) end(null);
      else pieces.push(piece);
    };
    const timer = setTimeout(() => end(null), withinMs);
    request.on('data', onData);
    request.once('end', () => end(new URLSearchParams(Buffer.concat(pieces).toString('utf8'))));
    request.once('error', () => end(null));
    request.once('close', () => end(null));
  });
}
