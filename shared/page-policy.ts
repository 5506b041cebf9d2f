/*
 * What a door says of the page it hands out, the same on the desktop and in a browser: a page that is allowed
 * more in one of them would be found out in the other only by its users.
 */

/** Nothing from elsewhere, nothing inline, no plug-ins, no frames, no forms. `'self'` covers a WebSocket to the same host. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The kinds of file that a page consists of, by their endings; others are not handed out. */
export const PAGE_FILE_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};
