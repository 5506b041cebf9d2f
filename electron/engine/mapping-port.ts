import type { SavedMapping } from '../../shared/records/saved-mapping.ts';

/**
 * What people decided about the columns of earlier files, by the shape of their headers (`headerShape`): the
 * next file of that shape is read in the same way without a question. A convenience: what cannot be read is as
 * good as never remembered.
 */
export interface MappingStore {
  /** Null where nothing is remembered for this shape. Throws AppError mapping.unreadable where the store cannot be read. */
  remembered(shape: string, signal: AbortSignal): Promise<SavedMapping | null>;
  /** Replaces what was remembered for this shape, and is on the disk when it resolves. Throws AppError mapping.unwritable. */
  remember(shape: string, mapping: SavedMapping, signal: AbortSignal): Promise<void>;
  /** Idempotent. Throws AppError mapping.unwritable. */
  forget(shape: string, signal: AbortSignal): Promise<void>;
}

/** The memory of mappings was damaged: it was set aside, and an empty one is begun. */
export interface DamagedMappings {
  message: string;
  /** Where the damaged file is now. */
  keptAs: string;
}
