export interface Places {
  /** Does `work` as soon as there is a place for it; rejects with the signal's reason if that is aborted before. */
  use<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** Lets so many things be done at the same time; the others wait in their order. */
export function createPlaces(count: number): Places {
  let free = count;
  const waiting: (() => void)[] = [];

  function next(): void {
    const first = waiting.shift();
    if (first === undefined) free += 1;
    else first();
  }

  return {
    async use(signal, work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        next();
      }
    },
  };
}
