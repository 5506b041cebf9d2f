import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFaissChild } from '../../../../electron/adapters/faiss/faiss-child.ts';
import { type FaissChannel, forkFaiss } from '../../../../electron/adapters/faiss/faiss-fork.ts';
import { faissIsInstalled } from '../../../../electron/adapters/faiss/faiss-index.ts';
import { flatHeader, writeVectors } from '../../../../electron/adapters/faiss/flat-file.ts';
import { never, tempDir } from '../../settings-in-folder.ts';

const name = 'the process that holds FAISS';
const suite = faissIsInstalled() ? describe : describe.skip;

/** An index of three vectors of two numbers. */
async function threeVectors(): Promise<string> {
  const file = join(await tempDir(), 'index.faiss');
  await writeFile(file, flatHeader({ dimensions: 2, vectors: 3 }));
  const handle = await open(file, 'r+');
  for (const [position, vector] of [
    [1, 0],
    [0, 1],
    [1, 1],
  ].entries())
    await writeVectors(handle, 2, position, [Float32Array.from(vector)]);
  await handle.close();
  return file;
}

/** FAISS in real processes, of which `doomed` are killed as soon as they are asked something. */
function faissWhere(doomed: number) {
  const channels: FaissChannel[] = [];
  const faiss = createFaissChild(() => {
    const channel = forkFaiss();
    channels.push(channel);
    if (channels.length > doomed) return channel;
    return {
      ...channel,
      send(request) {
        channel.send(request);
        process.kill(channel.pid ?? 0, 'SIGKILL');
      },
    };
  });
  onTestFinished(() => faiss.close());
  return { faiss, channels };
}

suite(faissIsInstalled() ? name : `${name} (skipped: FAISS is not installed)`, () => {
  test('is started again by the next call when it was killed with nothing to do', async () => {
    const file = await threeVectors();
    const { faiss, channels } = faissWhere(0);
    expect(await faiss.verify(file, [0], never)).toMatchObject({ vectors: 3, selfFound: true });
    process.kill(channels[0]?.pid ?? 0, 'SIGKILL');
    await channels[0]?.ended;
    const { hits } = await faiss.search(file, Float32Array.from([0, 1]), 1, never);
    expect(hits).toEqual([{ position: 1, distance: 0 }]);
    expect(channels).toHaveLength(2);
  });

  test('is started again and asked again when it was killed at work', async () => {
    const { faiss, channels } = faissWhere(1);
    const file = await threeVectors();
    let told = 0;
    const onRestart = () => {
      told += 1;
    };
    expect(await faiss.verify(file, [0, 2], never, onRestart)).toMatchObject({ vectors: 3 });
    expect(channels).toHaveLength(2);
    expect(told, 'times that the caller was told').toBe(1);
    await faiss.verify(file, [0, 2], never, onRestart);
    expect(told).toBe(1);
  });

  test('that dies twice over the same call is given up, with what to do, and the next call starts it anew', async () => {
    const file = await threeVectors();
    const { faiss, channels } = faissWhere(2);
    await expect(faiss.verify(file, [0], never)).rejects.toMatchObject({
      code: 'index.failed',
      retryable: true,
      message: expect.stringContaining('twice'),
      hint: expect.stringContaining('continue the load'),
    });
    expect(channels).toHaveLength(2);
    expect(await faiss.verify(file, [0], never)).toMatchObject({ vectors: 3 });
  });

  test('is not started again for who does not wait any more', async () => {
    const abort = new AbortController();
    const { faiss, channels } = faissWhere(0);
    const asked = faiss.verify(await threeVectors(), [0], abort.signal);
    await expect.poll(() => channels.length).toBe(1);
    abort.abort(new Error('no more'));
    await expect(asked).rejects.toThrow('no more');
    expect(channels).toHaveLength(1);
  });
});
