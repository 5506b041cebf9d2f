import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { AppError } from '../../shared/errors.ts';
import { PAGE_FILE_TYPES, PAGE_POLICY } from '../../shared/page-policy.ts';
import { respond } from './respond.ts';

/** Smaller ones fit into the first packet anyway. */
const COMPRESS_FROM_BYTES = 1_400;

interface PageFile {
  type: string;
  body: Uint8Array;
  /** Null where it is hardly smaller. */
  packed: Uint8Array | null;
  /** The name holds a hash of the content, so that it never changes. */
  hashed: boolean;
}

/** Where the page is built. Two folders up is the application's root from here and from out/main alike. */
export function builtPageDir(): string {
  return fileURLToPath(new URL('../../out/renderer', import.meta.url));
}

/** Answers with a file of the page; false where `path` names none. */
export type PageFiles = (path: string, request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Reads the built page into memory, once (about a megabyte). A request is looked up among the paths that were found,
 * as it stands and without decoding: there is no way from it to any other file. Names that begin with a dot, kinds
 * that the page does not use and links to elsewhere are left out. Throws usage.invalid where nothing is built.
 */
export async function readPageFiles(rendererDir: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  await collect(rendererDir, '', files);
  const index = files.get('/index.html');
  if (index === undefined) throw notBuilt();
  files.set('/', index);

  return (path, request, response) => {
    const file = files.get(path);
    if (file === undefined) return false;
    const packed = /\bgzip\b/.test(String(request.headers['accept-encoding'])) ? file.packed : null;
    respond(request, response, {
      status: 200,
      type: file.type,
      body: packed ?? file.body,
      headers: {
        'content-security-policy': PAGE_POLICY,
        vary: 'accept-encoding',
        'cache-control': file.hashed ? 'private, max-age=31536000, immutable' : 'no-store',
        ...(packed === null ? {} : { 'content-encoding': 'gzip' }),
      },
    });
    return true;
  };
}

async function collect(dir: string, at: string, files: Map<string, PageFile>): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = `${at}/${entry.name}`;
    const type = PAGE_FILE_TYPES[extname(entry.name)];
    if (entry.isDirectory()) await collect(join(dir, entry.name), path, files);
    else if (entry.isFile() && type !== undefined)
      files.set(path, await readPageFile(join(dir, entry.name), path, type));
  }
}

async function readPageFile(file: string, path: string, type: string): Promise<PageFile> {
  const body = await readFile(file);
  const packed = body.length < COMPRESS_FROM_BYTES ? body : await promisify(gzip)(body);
  return {
    type,
    body,
    packed: packed.length < body.length * 0.9 ? packed : null,
    // Vite's names for what it puts into assets/: name-hash.extension.
    hashed: /^\/assets\/[^/]+-[\w-]{8}\.\w+$/.test(path),
  };
}

function notBuilt(): AppError {
  return new AppError({
    code: 'usage.invalid',
    message: 'The page that browsers are to show has not been built yet.',
    hint: 'In a checkout, build it with: npm run build. Or use npm start, which does that when it is needed.',
  });
}
