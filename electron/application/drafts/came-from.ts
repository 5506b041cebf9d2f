import { correctionsIn } from '../../engine/corrections.ts';
import { AS_FOUND } from '../../engine/file-port.ts';
import { type DraftPorts, NEVER } from './draft-ports.ts';

/** Corrected files come one or a few at a time; of a whole term each file would be opened twice. */
const MOST_FILES = 3;

/** The draft whose rejected rows all of these files hold; null where they are anything else, or cannot be read. */
export async function draftThatTheyCameFrom(
  { check }: DraftPorts,
  paths: readonly string[],
): Promise<string | null> {
  if (paths.length > MOST_FILES) return null;
  const { files, workspace, random } = check;
  const loadId = random.uuid();
  const origins = new Set<string | null>();
  try {
    for (const [key, path] of paths.entries()) {
      const opened = await files.open({ loadId, key, path, reading: AS_FOUND }, NEVER);
      origins.add(correctionsIn(opened)?.draftId ?? null);
      await opened.close();
    }
  } catch {
    // Its own card will say what is wrong with it.
    return null;
  } finally {
    await workspace.forget(loadId, NEVER);
  }
  const [origin = null] = origins;
  return origins.size === 1 ? origin : null;
}
