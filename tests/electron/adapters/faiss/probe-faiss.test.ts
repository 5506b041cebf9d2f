import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, chown, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaissProbe } from '../../../../electron/adapters/faiss/probe-faiss.ts';
import { createSystemClock } from '../../../../electron/adapters/system/clock.ts';
import type { ProbeFindings } from '../../../../electron/engine/connection-test-port.ts';
import { which } from '../../../services/locations.mjs';
import { onlyProblem, targetWith } from '../probe-target.ts';

/** Of the account nobody on every Linux; without a password entry Node would not know its name. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const canMount = process.platform === 'linux' && isRoot && mountsTmpfs();

describe('a test of the folder of the index', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'accession-probe-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const probe = (dataDir: string): Promise<ProbeFindings> =>
    createFaissProbe({
      homeDir: join(root, 'home'),
      clock: createSystemClock(),
      dataDirOf: () => dataDir,
    }).run(targetWith({}), new AbortController().signal);

  it('is green where files can be written, and leaves nothing behind', async () => {
    const findings = await probe(join(root, 'not', 'there', 'yet'));
    expect(findings).toMatchObject({
      state: 'ok',
      version: expect.stringMatching(/^faiss-node \d/),
      problems: [],
    });
    expect(findings.facts).toEqual([
      expect.stringMatching(/yet, renamed, read again and removed \(\d+ ms\)\.$/),
      'Locks work there.',
      expect.stringMatching(/ free on its disk$/),
      'No index yet: the first load makes it.',
    ]);
    expect(readdirSync(root)).toEqual([]);
  });

  it('takes the lock that is there, and leaves the folder as it was', async () => {
    mkdirSync(join(root, 'vector_store'));
    writeFileSync(join(root, 'vector_store', 'index.lock'), '');
    const findings = await probe(root);
    expect(findings.facts).toContain('The lock of the index was taken and given back.');
    expect(readdirSync(root, { recursive: true }).sort()).toEqual([
      'vector_store',
      'vector_store/index.lock',
    ]);
  });

  it.skipIf(which('flock') === null)('says who is writing the index', async () => {
    mkdirSync(join(root, 'vector_store'));
    const lock = join(root, 'vector_store', 'index.lock');
    const holder = spawn('flock', ['-x', lock, 'sh', '-c', 'echo held; read line'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    try {
      await once(holder.stdout, 'data');
      const problem = onlyProblem(await probe(root));
      expect(problem).toMatchObject({ state: 'attention', code: 'busy' });
      expect(problem.message).toMatch(/vector_store is being written by (flock|sh) \(process \d+\)\.$/);
    } finally {
      holder.stdin.end();
      await once(holder, 'close');
    }
  });

  it('says that the index is damaged', async () => {
    mkdirSync(join(root, 'vector_store'));
    await writeFile(join(root, 'vector_store', 'index.faiss'), 'no index');
    await writeFile(join(root, 'vector_store', 'index.pkl'), 'no pickle');
    expect(onlyProblem(await probe(root))).toEqual({
      state: 'failed',
      code: 'index-unusable',
      message: `The search index in ${join(root, 'vector_store')} is damaged.`,
      hint: 'Move index.faiss and index.pkl away; the next load makes them anew from the database.',
    });
  });

  it('says that the place is no folder', async () => {
    writeFileSync(join(root, 'data'), '');
    const findings = await probe(join(root, 'data'));
    expect(findings.problems[0]).toMatchObject({
      code: 'no-folder',
      message: `${join(root, 'data')}, where the search index is to be kept, is no folder.`,
      hint: 'Choose a folder in the profile.',
    });
  });

  it.skipIf(process.platform === 'win32')(
    'says that an unprivileged account may not write there',
    async () => {
      const dataDir = join(root, 'data');
      mkdirSync(dataDir);
      await chmod(root, 0o755);
      await chmod(dataDir, 0o555);
      const name = isRoot ? userInfoOfNobody() : userInfo().username;
      const findings = await asNobody(() => probe(dataDir));
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'not-writable',
        message: `The account "${name}" may not write into the folder ${dataDir}, where the search index is kept.`,
        hint: 'Have the folder opened for this account (for reading and writing), or choose another one in the profile.',
      });
      await chmod(dataDir, 0o755);
      if (isRoot) await chown(dataDir, NOBODY, NOBODY);
      expect((await asNobody(() => probe(dataDir))).state).toBe('ok');
    },
  );

  const onTmpfs = canMount ? it : it.skip;
  const needsMount = canMount ? '' : ' (skipped: needs root on Linux and the right to mount)';

  onTmpfs(`says that the disk is full${needsMount}`, async () => {
    await withTmpfs(root, '2m', async (disk) => {
      writeFileSync(join(disk, 'filler'), Buffer.alloc(1_900_000));
      const findings = await probe(disk);
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'disk-full',
        message: `There is no room left on the disk of ${disk}, where the search index is kept.`,
        hint: 'Make room on this disk, or choose a folder on another one in the profile.',
      });
      expect(readdirSync(disk)).toEqual(['filler']);
    });
  });

  onTmpfs(`says that the disk is nearly full${needsMount}`, async () => {
    await withTmpfs(root, '16m', async (disk) => {
      const problem = onlyProblem(await probe(disk));
      expect(problem).toMatchObject({ state: 'attention', code: 'disk-nearly-full' });
      expect(problem.message).toMatch(/^Only 1\d MB are free on the disk of .* up to 268 MB are needed\.$/);
    });
  });
});

/** As root, the effective account is another one for as long as `work` runs: root may write anywhere. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return await work();
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

function userInfoOfNobody(): string {
  return execFileSync('id', ['-nu', String(NOBODY)], { encoding: 'utf8' }).trim();
}

async function withTmpfs(root: string, size: string, use: (disk: string) => Promise<void>): Promise<void> {
  const disk = join(root, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]);
  try {
    await use(disk);
  } finally {
    execFileSync('umount', [disk]);
  }
}

/** Containers have root, but seldom the right to mount. */
function mountsTmpfs(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'accession-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
