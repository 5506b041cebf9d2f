import { execFileSync } from 'node:child_process';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Breakage } from './breakage.ts';
import { mountSmallDisk, noSmallDisk, resizeDisk, UNPRIVILEGED } from './privileges.ts';

/** Half the room that a trial file needs is left on it. */
const SMALL = { size: '2m', filled: 1_500_000 };
/** More than a publication is said to need; nothing of it is taken until it is written to. */
const ROOMY = '512m';

/**
 * What may be wrong with the folder of the index. `tooMighty`: why a door's process may write anywhere, and so is
 * refused nothing; null where it does not.
 */
export function folderBreakages(tooMighty: string | null): Breakage[] {
  let mode = 0;
  return [
    {
      name: 'full disk',
      skipped: noSmallDisk(),
      async break({ dataDir }) {
        mountSmallDisk(dataDir, SMALL.size);
        writeFileSync(join(dataDir, 'filler'), Buffer.alloc(SMALL.filled));
      },
      shows: ({ dataDir }) => ({
        'Vector store': {
          message: `There is no room left on the disk of ${dataDir}, where the search index is kept.`,
          mend: 'Make room on this disk, or choose a folder on another one in the profile.',
        },
      }),
      async mend({ dataDir }) {
        resizeDisk(dataDir, ROOMY);
      },
    },
    {
      name: 'read-only directory, as an unprivileged user',
      skipped: tooMighty,
      async break({ dataDir }) {
        ({ mode } = statSync(dataDir));
        chmodSync(dataDir, 0o555);
      },
      shows: ({ dataDir }) => ({
        'Vector store': {
          message: `The account "${accountName()}" may not write into the folder ${dataDir}, where the search index is kept.`,
          mend: 'Have the folder opened for this account (for reading and writing)',
        },
      }),
      async mend({ dataDir }) {
        chmodSync(dataDir, mode);
      },
    },
  ];
}

function accountName(): string {
  return UNPRIVILEGED === null
    ? userInfo().username
    : execFileSync('id', ['-nu', String(UNPRIVILEGED.uid)], { encoding: 'utf8' }).trim();
}
