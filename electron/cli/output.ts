/** What is used of process.stdout and process.stderr. */
export interface OutputStream {
  write(text: string, done?: () => void): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export interface Output {
  write(text: string): void;
  /** Resolves when all is written, to what kept text from whoever reads along; null where nothing did. */
  ended(): Promise<NodeJS.ErrnoException | null>;
}

/**
 * Writes to a stream whose end may be gone: work that is under way is worth more than what is said about it. Nothing
 * is written any more after the first error. Who closes a pipe (`| head`) has read enough, which is none.
 */
export function createOutput(stream: OutputStream): Output {
  let isGone = false;
  let failure: NodeJS.ErrnoException | null = null;
  stream.on('error', (error) => {
    if (!isGone && error.code !== 'EPIPE') failure = error;
    isGone = true;
  });
  return {
    write(text) {
      if (!isGone) stream.write(text);
    },
    async ended() {
      // An error is told after the write that it belongs to has returned.
      if (!isGone) await new Promise<void>((resolve) => void stream.write('', () => resolve()));
      await new Promise<void>((resolve) => void setImmediate(resolve));
      return failure;
    },
  };
}
