import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { readSavedMapping, type SavedMapping } from '../../../shared/records/saved-mapping.ts';
import { createTurns } from '../../../shared/turns.ts';
import type { DamagedMappings, MappingStore } from '../../engine/mapping-port.ts';
import type { Clock } from '../../engine/ports.ts';
import { unwritable } from './mapping-file.ts';
import { writeWhole } from './write-file.ts';

/** A school has some dozen exports; more shapes than this are files that nobody sends any more. */
const MAX_SHAPES = 500;
/** Constants may name a teacher, so the file is its owner's alone. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

const fileSchema = z.object({
  version: z.literal(1),
  /** Oldest first. */
  shapes: z.array(z.object({ shape: z.string(), mapping: z.unknown() })),
});

interface Remembered {
  shape: string;
  /** As it was written; looked at when it is asked for. */
  mapping: unknown;
}

/**
 * The memory of mappings as one JSON file at `path`, read anew for every call. A damaged file is set aside
 * beside it and told to `onNotice`; that is no error. The calls of one store follow each other; of two processes
 * that remember at the same moment the later one wins whole.
 */
export function createMappingStore(
  path: string,
  parts: { clock: Pick<Clock, 'now'>; onNotice: (notice: DamagedMappings) => void },
): MappingStore {
  const turns = createTurns();
  const inTurn = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> =>
    turns(() => {
      signal.throwIfAborted();
      return work();
    });

  const load = async (): Promise<Remembered[]> => {
    const text = await textOf(path);
    if (text === null) return [];
    const shapes = shapesOf(text);
    if (shapes === null) await setAside(path, parts);
    return shapes ?? [];
  };
  const save = async (shapes: readonly Remembered[]): Promise<void> => {
    const text = JSON.stringify({ version: 1, shapes: shapes.slice(-MAX_SHAPES) }, null, 2);
    try {
      await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
      await writeWhole(path, `${text}\n`, FILE_MODE);
    } catch (cause) {
      throw unwritable('What was said about the columns of this file cannot be remembered.', cause);
    }
  };

  return {
    remembered: (shape, signal) =>
      inTurn(signal, async () => {
        const found = (await load()).find((entry) => entry.shape === shape);
        return found === undefined ? null : readSavedMapping(found.mapping).mapping;
      }),
    remember: (shape, mapping: SavedMapping, signal) =>
      inTurn(signal, async () => {
        const others = (await load()).filter((entry) => entry.shape !== shape);
        await save([...others, { shape, mapping }]);
      }),
    forget: (shape, signal) =>
      inTurn(signal, async () => {
        const all = await load();
        const others = all.filter((entry) => entry.shape !== shape);
        if (others.length < all.length) await save(others);
      }),
  };
}

/** Null where there is no file yet. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new AppError({
      code: 'mapping.unreadable',
      message: 'The mappings that were remembered for earlier files cannot be read.',
      hint: `Check that you may read ${path}, or move it away.`,
      cause,
    });
  }
}

/** Null where the text is no memory of mappings. */
function shapesOf(text: string): Remembered[] | null {
  try {
    const read = fileSchema.safeParse(JSON.parse(text));
    return read.success ? read.data.shapes : null;
  } catch {
    return null;
  }
}

async function setAside(
  path: string,
  { clock, onNotice }: { clock: Pick<Clock, 'now'>; onNotice: (notice: DamagedMappings) => void },
): Promise<void> {
  // Windows takes no colon in a name.
  const keptAs = `${path}.corrupt-${clock.now().toISOString().replaceAll(':', '-')}`;
  try {
    await rename(path, keptAs);
  } catch (cause) {
    throw unwritable(`${basename(path)} is damaged and cannot be set aside.`, cause);
  }
  onNotice({
    message: `The mappings that were remembered for earlier files are damaged (${basename(path)}). They were set aside, and the columns of the next files are found anew.`,
    keptAs,
  });
}
