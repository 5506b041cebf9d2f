import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Progress } from './progress.ts';
import type { CopiedFile } from './workspace-file.ts';

/** Written last, and in one piece: only a whole copy can be opened again. */
export async function saveMeta(path: string, copied: CopiedFile, progress: Progress): Promise<void> {
  const now = progress.now();
  if (!now.ended) return;
  try {
    await writeFile(`${path}.partial`, JSON.stringify({ ...copied, progress: now }), { mode: 0o600 });
    await rename(`${path}.partial`, path);
  } catch {
    // Without it the file cannot be opened again after a restart; this run does not need it.
  }
}

/** Null where there is none, or none that can be read. */
export async function readMeta(path: string): Promise<CopiedFile | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as CopiedFile;
  } catch {
    return null;
  }
}
