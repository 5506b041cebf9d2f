import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { PAGE_FILE_TYPES, PAGE_POLICY } from '../../shared/page-policy.ts';

export const appScheme = 'app';
export const appHost = 'accession';
export const appUrl = `${appScheme}://${appHost}/index.html`;

/**
 * Answers `app://accession/…` with the files of the built renderer. Anything outside `rendererDir`, of a kind
 * the renderer does not use, or asked otherwise than by GET is "not found". A page of its own scheme instead of
 * file:// has an origin, so that the policy's 'self' means something and no local file can be read.
 */
export function rendererFiles(rendererDir: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const path = request.method === 'GET' ? fileFor(request.url, rendererDir) : null;
    const contentType = path === null ? undefined : PAGE_FILE_TYPES[extname(path)];
    if (path === null || contentType === undefined) return respond('Not found', 404, 'text/plain');
    try {
      return respond(await readFile(path), 200, contentType);
    } catch {
      return respond('Not found', 404, 'text/plain');
    }
  };
}

function fileFor(url: string, rendererDir: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.protocol !== `${appScheme}:` || parsed.host !== appHost) return null;
  let pathname: string;
  try {
    pathname = decodeURIComponent(parsed.pathname);
  } catch {
    return null;
  }
  if (pathname.includes('\0')) return null;
  const path = join(rendererDir, pathname);
  return path.startsWith(rendererDir + sep) ? path : null;
}

function respond(body: string | Uint8Array<ArrayBuffer>, status: number, contentType: string): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': contentType,
      'content-security-policy': PAGE_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    },
  });
}
