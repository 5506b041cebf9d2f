/** What the index's own process is asked, and what it answers: small, for vectors travel as files. */
export type FaissRequest =
  /** Reads the whole index and looks for the vectors at these positions. */
  | { id: number; kind: 'verify'; file: string; positions: readonly number[] }
  | { id: number; kind: 'search'; file: string; vector: Float32Array; k: number }
  | { id: number; kind: 'quit' };

export type FaissReply =
  | { id: number; kind: 'verified'; vectors: number; dimensions: number; selfFound: boolean }
  /** Nearest first. `identity` names the very file that was searched. */
  | { id: number; kind: 'found'; identity: string; hits: readonly { position: number; distance: number }[] }
  | {
      id: number;
      kind: 'failed';
      reason: 'unavailable' | 'missing' | 'unreadable' | 'dimensions' | 'failed';
      detail: string;
    };

/** Tells one state of a file from another: a rename keeps it, a rewrite does not. */
export function fileIdentity(stats: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint }): string {
  return `${stats.dev}-${stats.ino}-${stats.size}-${stats.mtimeNs}`;
}
