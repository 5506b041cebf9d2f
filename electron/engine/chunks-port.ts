import type { RecordType } from '../../shared/records/types.ts';

/** staged → committed → done. A chunk of books is done when its embeddings are in place or were given up for now. */
export type ChunkState = 'staged' | 'committed' | 'done';

export interface ChunkRow {
  chunkNo: number;
  fileNo: number;
  type: RecordType;
  state: ChunkState;
  rows: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
  /** Texts whose embedding failed and was given up for now. */
  embedFailed: number;
}

/** The right to work on one chunk until `until`; writes under an older generation are refused with `load.lease-lost`. */
export interface ChunkLease {
  loadId: string;
  chunkNo: number;
  fileNo: number;
  type: RecordType;
  state: ChunkState;
  generation: number;
}
