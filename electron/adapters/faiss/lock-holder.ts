import { readFile } from 'node:fs/promises';

/**
 * Who holds the flock on the file with this inode, in words. Linux lists locks in /proc/locks
 * (`1: FLOCK  ADVISORY  WRITE 4711 fe:00:123456 0 EOF`, proc_locks(5)) with the process that took them: one of
 * ours was taken by a flock(1) that has ended, so a process that is gone means an Accession, or another like it.
 */
export async function lockHolder(inode: number): Promise<string> {
  try {
    for (const line of (await readFile('/proc/locks', 'utf8')).split('\n')) {
      const [, kind, , , pid, file] = line.trim().split(/\s+/);
      if (kind !== 'FLOCK' || pid === undefined || file?.split(':')[2] !== String(inode)) continue;
      // What runs in another container has no number here.
      if (!(Number(pid) > 0)) break;
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => null);
      return name === null ? 'another Accession' : `${name.trim()} (process ${pid})`;
    }
  } catch {
    // Not Linux, or a container that hides it: then nobody knows.
  }
  return 'another program';
}
