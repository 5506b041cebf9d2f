import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FaissReply, type FaissRequest, fileIdentity } from './faiss-messages.ts';
import { HEADER_BYTES } from './flat-file.ts';

/**
 * The process in which FAISS lives: an exception inside FAISS aborts a process, and every call blocks it, so it
 * must not be Accession's own. Started by faiss-child.ts; talks over its parent's channel only.
 */
interface NativeIndex {
  ntotal(): number;
  getDimension(): number;
  search(vector: number[], k: number): { distances: number[]; labels: number[] };
}
interface FaissLibrary {
  Index: { read(file: string): NativeIndex };
}
interface OpenIndex {
  identity: string;
  index: NativeIndex;
}

class Failure extends Error {
  readonly reason: Extract<FaissReply, { kind: 'failed' }>['reason'];
  constructor(reason: Failure['reason'], detail: string) {
    super(detail);
    this.reason = reason;
  }
}

const BYTES_PER_FLOAT = 4;
/** Relative to a vector's own squared length; FAISS computes the distance of equal vectors as exactly 0. */
const SELF_DISTANCE = 1e-6;

function main(): void {
  let library: FaissLibrary | null = null;
  // One index at a time: they are large. The one that was verified is the one that is published and searched next.
  let open: OpenIndex | null = null;

  function load(): FaissLibrary {
    try {
      library ??= createRequire(import.meta.url)('faiss-node') as FaissLibrary;
      return library;
    } catch (error) {
      throw new Failure('unavailable', textOf(error));
    }
  }

  function openIndex(file: string): OpenIndex {
    const faiss = load();
    // A file may be replaced between looking at it and reading it.
    for (let attempt = 0; ; attempt += 1) {
      const identity = identityOf(file);
      if (open?.identity === identity) return open;
      open = null;
      let index: NativeIndex;
      try {
        index = faiss.Index.read(file);
      } catch (error) {
        throw new Failure('unreadable', textOf(error));
      }
      if (identityOf(file) === identity || attempt === 5) {
        open = { identity, index };
        return open;
      }
    }
  }

  function answer(request: Exclude<FaissRequest, { kind: 'quit' }>): FaissReply {
    const { id } = request;
    const { index, identity } = openIndex(request.file);
    const vectors = index.ntotal();
    const dimensions = index.getDimension();
    switch (request.kind) {
      case 'verify': {
        const selfFound = request.positions.every((position) => findsItself(request.file, index, position));
        return { id, kind: 'verified', vectors, dimensions, selfFound };
      }
      case 'search': {
        if (request.vector.length !== dimensions)
          throw new Failure('dimensions', `${request.vector.length} ${dimensions}`);
        return { id, kind: 'found', identity, hits: search(index, [...request.vector], request.k) };
      }
    }
  }

  const line = parentLine();
  line.onRequest((request) => {
    if (request.kind === 'quit') {
      line.leave();
      return;
    }
    let reply: FaissReply;
    try {
      reply = answer(request);
    } catch (error) {
      const reason = error instanceof Failure ? error.reason : 'failed';
      reply = { id: request.id, kind: 'failed', reason, detail: textOf(error) };
    }
    line.send(reply);
  });
  // A terminal's Ctrl-C goes to the whole group; the parent decides when we end.
  process.on('SIGINT', () => {});
}

interface ParentLine {
  onRequest(listener: (request: FaissRequest) => void): void;
  send(reply: FaissReply): void;
  /** Asked to quit: nothing more will come. */
  leave(): void;
}

/** Electron's utility processes talk over `parentPort`, and are ended with their parent; forked ones over `process`. */
function parentLine(): ParentLine {
  const { parentPort } = process as unknown as {
    parentPort?: {
      on(event: 'message', listener: (message: { data: FaissRequest }) => void): void;
      postMessage(reply: FaissReply): void;
    };
  };
  if (parentPort !== undefined) {
    return {
      onRequest: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      send: (reply) => parentPort.postMessage(reply),
      leave: () => process.exit(0),
    };
  }
  // The parent's end, however it came, is ours.
  process.on('disconnect', () => process.exit(0));
  return {
    onRequest: (listener) => process.on('message', (message) => listener(message as FaissRequest)),
    send: (reply) => void process.send?.(reply),
    leave: () => process.disconnect(),
  };
}

function search(index: NativeIndex, vector: number[], k: number): { position: number; distance: number }[] {
  // The library throws where k is more than there is.
  const wanted = Math.min(k, index.ntotal());
  if (wanted < 1) return [];
  const { distances, labels } = index.search(vector, wanted);
  return labels
    .map((position, rank) => ({ position, distance: distances[rank] ?? Number.NaN }))
    .filter(({ position }) => position >= 0);
}

/** True when nothing in the index is nearer to the vector at `position` of the file than that vector itself. */
function findsItself(file: string, index: NativeIndex, position: number): boolean {
  const dimensions = index.getDimension();
  const vector = new Float32Array(dimensions);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, vector, 0, vector.byteLength, HEADER_BYTES + position * dimensions * BYTES_PER_FLOAT);
  } finally {
    closeSync(handle);
  }
  const squaredLength = vector.reduce((sum, value) => sum + value * value, 0);
  const nearest = search(index, [...vector], 1)[0];
  return nearest !== undefined && nearest.distance <= SELF_DISTANCE * Math.max(1, squaredLength);
}

function identityOf(file: string): string {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) throw new Failure('missing', '');
  return fileIdentity(stats);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main();
