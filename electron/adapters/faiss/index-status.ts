import { stat } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { IndexStatus } from '../../engine/ports.ts';
import type { FlatShape } from './flat-file.ts';
import { type IndexHome, type Manifest, matches, readManifest } from './manifest.ts';
import type { Pair } from './publish.ts';
import { readShape, readStore } from './published-files.ts';

/** Looks at the files and their manifest, without a lock and without FAISS. Throws nothing that a state can say. */
export async function indexStatus(home: IndexHome, dir: string, pair: Pair): Promise<IndexStatus> {
  const manifest = await readManifest(home.manifest);
  const status: IndexStatus = {
    kind: 'flat',
    metric: 'l2',
    dir,
    state: 'absent',
    vectors: 0,
    documents: 0,
    dimensions: null,
    generation: 0,
    updatedAt: null,
  };
  let shape: FlatShape | null;
  try {
    shape = await readShape(pair.faiss);
  } catch (error) {
    return { ...status, state: stateOf(error), generation: manifest?.generation ?? 0 };
  }
  if (shape === null) return status;
  Object.assign(status, shape);

  // During a publication, or after one that a crash cut short, each file is the old one or the new one.
  const known = [manifest, await readManifest(home.pending)].filter((one) => one !== null);
  const vectorsOf = await firstMatch(known, (one) => matches(pair.faiss, one.faiss));
  const documentsOf = await firstMatch(known, (one) => matches(pair.pkl, one.pkl));
  if (vectorsOf !== null && documentsOf !== null) {
    const { generation, updatedAt, vectors } = vectorsOf;
    const documents = Math.min(documentsOf.documents, vectorsOf.documents);
    return { ...status, state: 'ready', vectors, documents, generation, updatedAt };
  }
  status.generation = manifest?.generation ?? 0;
  try {
    status.documents = (await readStore(pair.pkl, shape.vectors)).documents.size;
    const changedAt = (await stat(pair.faiss)).mtime.toISOString();
    return { ...status, state: 'foreign', updatedAt: changedAt };
  } catch (error) {
    return { ...status, state: 'damaged', documents: 0, updatedAt: failedUnlessDamaged(error) };
  }
}

async function firstMatch(
  manifests: readonly Manifest[],
  isIt: (manifest: Manifest) => Promise<boolean>,
): Promise<Manifest | null> {
  for (const manifest of manifests) if (await isIt(manifest)) return manifest;
  return null;
}

function stateOf(error: unknown): 'foreign' | 'damaged' {
  failedUnlessDamaged(error);
  return error instanceof AppError && error.code === 'index.foreign' ? 'foreign' : 'damaged';
}

/** What says nothing about the index (a folder that may not be read) is an error, not a state. */
function failedUnlessDamaged(error: unknown): null {
  if (error instanceof AppError && (error.code === 'index.damaged' || error.code === 'index.foreign'))
    return null;
  throw error;
}
