import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A script that puts the page's way for files, as it is, on `window.pageFiles` of a page that has none on show. */
export async function pageFilesScript(): Promise<string> {
  const entry = fileURLToPath(new URL('page-files-entry.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome130',
      lib: { entry, formats: ['iife'], name: 'unused' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error('Nothing was built.');
  return chunk.code;
}
