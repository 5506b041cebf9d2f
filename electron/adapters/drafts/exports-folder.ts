import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportStore } from '../../engine/draft-port.ts';
import { notKept } from './not-kept.ts';

/**
 * In the draft's own folder of the workspace at `workspaceDir`: what a process that was killed has left goes with the
 * draft.
 */
export function createExportsFolder(workspaceDir: string): ExportStore {
  const made = new Set<string>();
  return {
    async place(draftId, ending) {
      const folder = join(workspaceDir, draftId, 'exports');
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
      } catch (cause) {
        throw notKept(folder, cause);
      }
      const path = join(folder, `${randomUUID()}${ending}`);
      made.add(path);
      return path;
    },
    async read(path, offset, length) {
      try {
        const file = await open(path, 'r');
        try {
          const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
          return { base64: buffer.toString('base64', 0, bytesRead), bytes: bytesRead };
        } finally {
          await file.close();
        }
      } catch (cause) {
        throw notKept(workspaceDir, cause);
      }
    },
    async remove(path) {
      made.delete(path);
      await rm(path, { force: true });
    },
    async close() {
      await Promise.all([...made].map((path) => rm(path, { force: true })));
      made.clear();
    },
  };
}
