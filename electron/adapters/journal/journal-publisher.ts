import type { FileHandle } from 'node:fs/promises';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { EventMessage, EventPublisher, SendResult } from '../../engine/ports.ts';
import { mendLastLine } from './torn-line.ts';

/** A line of the journal. `value` is the event itself, not JSON within JSON: people read this file. */
export interface JournalEntry {
  topic: string;
  partition: 0;
  key: string;
  headers: Readonly<Record<string, string>>;
  value: unknown;
  /** ISO-8601 in UTC. */
  written_at: string;
}

/**
 * Events into a file of JSON Lines, for the sandbox. A send is acknowledged once its lines are on the disk.
 * The file and its folder are made at the first send; a line that a crash has torn is mended before anything
 * follows it. One process at a time may write to it (the sandbox's lock sees to that).
 */
export function createJournalPublisher(options: { path: string; now?: () => Date }): EventPublisher {
  return new JournalPublisher(options.path, options.now ?? (() => new Date()));
}

class JournalPublisher implements EventPublisher {
  readonly #path: string;
  readonly #now: () => Date;
  #file: FileHandle | null = null;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(path: string, now: () => Date) {
    this.#path = path;
    this.#now = now;
  }

  async partitions(_topic: string, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    return 1;
  }

  async send(topic: string, messages: readonly EventMessage[], signal: AbortSignal): Promise<SendResult> {
    const turn = this.#tail.then(() => this.#append(topic, messages, signal));
    this.#tail = turn.catch(() => {});
    return await turn;
  }

  async close(): Promise<void> {
    await this.#tail;
    await this.#file?.close();
    this.#file = null;
  }

  async #append(topic: string, messages: readonly EventMessage[], signal: AbortSignal): Promise<SendResult> {
    signal.throwIfAborted();
    const { text, refused } = this.#lines(topic, messages);
    if (text === '') return { refused };
    try {
      this.#file ??= await openJournal(this.#path);
      await this.#file.appendFile(text);
      await this.#file.datasync();
      return { refused };
    } catch (thrown) {
      // The write may have been cut short: opening again mends its last line.
      await this.#file?.close().catch(() => {});
      this.#file = null;
      throw toEventsError(thrown, this.#path);
    }
  }

  #lines(
    topic: string,
    messages: readonly EventMessage[],
  ): { text: string; refused: SendResult['refused'][number][] } {
    const refused: SendResult['refused'][number][] = [];
    const heldKeys = new Set<string>();
    const written_at = this.#now().toISOString();
    let text = '';
    for (const [index, { key, headers, value }] of messages.entries()) {
      const event = parseJson(value);
      if (heldKeys.has(key)) {
        const message = 'Waits behind an earlier event of the same key that was refused.';
        refused.push({ index, code: 'events.held-back', message });
      } else if (event === undefined) {
        heldKeys.add(key);
        refused.push({ index, code: 'events.refused', message: 'The event is not valid JSON.' });
      } else {
        const entry: JournalEntry = { topic, partition: 0, key, headers, value: event, written_at };
        text += `${JSON.stringify(entry)}\n`;
      }
    }
    return { text, refused };
  }
}

async function openJournal(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  await mendLastLine(path);
  const file = await open(path, 'a');
  await syncFolder(dirname(path));
  return file;
}

/** Makes the new file's name as durable as its content; not every system can (Windows), and none needs to. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toEventsError(thrown: unknown, path: string): AppError {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new AppError({
      code: 'events.permission',
      message: `Accession may not write its event journal ${path}.`,
      hint: 'Give yourself the right to write there, or set ACCESSION_HOME to another folder.',
      cause: thrown,
    });
  }
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new AppError({
    code: 'events.failed',
    message: full
      ? `The disk is full: the event journal ${path} cannot grow.`
      : `The event journal ${path} cannot be written.`,
    hint: full
      ? 'Free some space, then run the command again. The events are kept.'
      : 'Check that the folder exists and is a folder, then run the command again. The events are kept.',
    cause: thrown,
  });
}
