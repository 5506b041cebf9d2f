import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFaissIndex } from '../../electron/adapters/faiss/faiss-index.ts';
import { createSystemClock } from '../../electron/adapters/system/clock.ts';
import type { VectorIndex } from '../../electron/engine/ports.ts';
import { createMemoryVectorIndex, emptyIndexMemory } from '../fakes/memory-vector-index.ts';
import { vectorIndexContract } from './vector-index.ts';

vectorIndexContract('in memory', async () => {
  const memory = emptyIndexMemory();
  return {
    index: createMemoryVectorIndex(memory),
    reopen: async () => createMemoryVectorIndex(memory),
    release: async () => {},
  };
});

vectorIndexContract('FAISS', async () => {
  const base = await mkdtemp(join(tmpdir(), 'accession-index-'));
  const opened: VectorIndex[] = [];
  const open = (): VectorIndex => {
    const index = createFaissIndex({
      dir: join(base, 'data', 'vector_store'),
      homeDir: join(base, 'home'),
      clock: createSystemClock(),
    });
    opened.push(index);
    return index;
  };
  return {
    index: open(),
    reopen: async () => open(),
    async release() {
      await Promise.all(opened.map((index) => index.close()));
      await rm(base, { recursive: true });
    },
  };
});
