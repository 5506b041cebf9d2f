import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../../electron/adapters/pglite/folder-lock.ts';
import { openPglite } from '../../../../electron/adapters/pglite/pglite-connection.ts';

const NEVER = new AbortController().signal;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'accession-pglite-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFolder = (name: string): string => {
  const dir = join(folder, name);
  mkdirSync(dir);
  return dir;
};

describe('the lock of a sandbox folder', () => {
  it('tells a second opener who holds the folder and since when', () => {
    const dir = newFolder('held');
    const unlock = lockFolder(dir);
    const { since } = JSON.parse(readFileSync(join(dir, 'accession.lock.json'), 'utf8'));
    expect(() => lockFolder(dir)).toThrow(
      expect.objectContaining({
        code: 'sandbox.locked',
        message: expect.stringContaining(`process ${process.pid}, since ${since}`),
        hint: expect.stringContaining('Close'),
      }),
    );
    unlock();
  });

  it('is free again once it was given back, and nothing names a holder then', () => {
    const dir = newFolder('given-back');
    lockFolder(dir)();
    expect(readdirSync(dir)).not.toContain('accession.lock.json');
    lockFolder(dir)();
  });

  it('is free when its holder has left a name but is gone', () => {
    const dir = newFolder('left');
    const holder = { pid: process.ppid, host: hostname(), since: '2026-01-01T00:00:00.000Z' };
    writeFileSync(join(dir, 'accession.lock.json'), JSON.stringify(holder));
    const unlock = lockFolder(dir);
    expect(JSON.parse(readFileSync(join(dir, 'accession.lock.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
    unlock();
  });

  it('still holds when the note about the holder is damaged', () => {
    const dir = newFolder('damaged');
    const unlock = lockFolder(dir);
    writeFileSync(join(dir, 'accession.lock.json'), 'no JSON');
    expect(() => lockFolder(dir)).toThrow(expect.objectContaining({ code: 'sandbox.locked' }));
    unlock();
  });

  it('is held against another process, and falls with it however it ends', async () => {
    const dir = newFolder('killed');
    const child = fork(new URL('lock-holder.ts', import.meta.url), [dir], { execArgv: ['--expose-gc'] });
    const gone = once(child, 'exit');
    try {
      await once(child, 'message');
      expect(() => lockFolder(dir)).toThrow(
        expect.objectContaining({ message: expect.stringContaining(`process ${child.pid}`) }),
      );
    } finally {
      child.kill('SIGKILL');
      await gone;
    }
    lockFolder(dir)();
  });
});

describe('a sandbox in a folder', () => {
  it('keeps its rows over a restart and lets nobody in beside', async () => {
    const dir = join(folder, 'kept', 'sandbox');
    const first = await openPglite({ dir });
    await first.script('CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)', NEVER);
    await expect(openPglite({ dir })).rejects.toMatchObject({ code: 'sandbox.locked' });
    await first.close();
    const second = await openPglite({ dir });
    expect((await second.query('SELECT id FROM kept', [], NEVER)).rows).toEqual([{ id: 7 }]);
    await second.close();
  });

  it('takes vectors in binary form, also right after the extension was installed', async () => {
    const connection = await openPglite({ memory: true });
    await connection.script('CREATE EXTENSION vector', NEVER);
    // pgvector's binary form: int16 dimensions, int16 unused, float32 each.
    const vector = Buffer.alloc(12);
    vector.writeInt16BE(2, 0);
    vector.writeFloatBE(1.5, 4);
    vector.writeFloatBE(-2, 8);
    const { rows } = await connection.query(
      'SELECT $1::vector::text AS vector',
      [new Uint8Array(vector)],
      NEVER,
    );
    expect(rows).toEqual([{ vector: '[1.5,-2]' }]);
    await connection.close();
  });

  it('does not carry the values of a statement in its errors', async () => {
    const connection = await openPglite({ memory: true });
    const thrown: unknown = await connection
      .query('SELECT $1::int', ['Ann Miller'], NEVER)
      .catch((error) => error);
    expect(thrown).toMatchObject({ code: 'db.row-refused', cause: { params: undefined } });
    await connection.close();
  });
});
