import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accession, CLI, startAccession } from '../../integration/command.ts';
import { tempDir } from '../settings-in-folder.ts';

const STUDENTS = fileURLToPath(new URL('../../../shared/samples/students.csv', import.meta.url));
/** A device on which every write fails for want of room. */
const FULL = '/dev/full';

/** What the sandbox in `home` says of its loads. */
const statuses = async (home: string): Promise<string[]> =>
  (await accession({ ACCESSION_HOME: home }, 'history', '--json')).json.map(
    ({ status }: { status: string }) => status,
  );

describe('a command to whose output nobody listens', () => {
  it('goes on to its end when what it is piped into has gone', async () => {
    const home = await tempDir();
    const child = startAccession({ ACCESSION_HOME: home }, 'load', STUDENTS);
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await once(child, 'close')).toEqual([3, null]);
    expect(await statuses(home)).toEqual(['partial']);
  });

  it.skipIf(!existsSync(FULL))(
    'goes on to its end when its output finds no room, and says that it was lost',
    async () => {
      const home = await tempDir();
      const full = await open(FULL, 'w');
      const child = spawn(process.execPath, [CLI, 'load', STUDENTS, '--json'], {
        stdio: ['ignore', full.fd, 'pipe'],
        env: { PATH: process.env.PATH ?? '', ACCESSION_HOME: home },
      });
      let stderr = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      const [code] = await once(child, 'close');
      await full.close();
      expect(code).toBe(1);
      expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^The output could not be written in full: there/);
      expect(stderr).not.toContain('Something went wrong');
      expect(await statuses(home)).toEqual(['partial']);
    },
  );
});
