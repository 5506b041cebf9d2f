import { open } from 'node:fs/promises';
import type { JournalEntry } from './journal-publisher.ts';

/**
 * The journal's entries, oldest first, streamed. A last line that is still being written (or was torn by a
 * crash) is left out; a missing file has no entries.
 */
export async function* readJournal(path: string, signal: AbortSignal): AsyncGenerator<JournalEntry> {
  const file = await open(path, 'r').catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  });
  if (file === null) return;
  try {
    for await (const line of file.readLines()) {
      signal.throwIfAborted();
      const entry = parse(line);
      if (entry !== null) yield entry;
    }
  } finally {
    await file.close();
  }
}

function parse(line: string): JournalEntry | null {
  try {
    const entry: unknown = JSON.parse(line);
    const known = typeof entry === 'object' && entry !== null && 'topic' in entry && 'value' in entry;
    return known ? (entry as JournalEntry) : null;
  } catch {
    return null;
  }
}
