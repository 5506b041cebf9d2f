/** One end of a line between two processes, such as a ChildProcess or `process` with an IPC channel. */
export interface LinkEnd {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** The other end's methods, each answered by a promise. */
export type Remote<M> = {
  [K in keyof M]: M[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

export interface Link<M> {
  remote: Remote<M>;
  /** Rejects every call that is still open. */
  close(reason: string): void;
}

type Message =
  | { link: 'call'; id: number; method: string; args: unknown[] }
  | { link: 'answer'; id: number; value: unknown }
  | { link: 'error'; id: number; text: string };

/** Joins two processes: `own` is what the other end may call here. Values are cloned as the channel clones them. */
export function createLink<Theirs>(end: LinkEnd, own: object): Link<Theirs> {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let closed: string | null = null;

  async function answer(id: number, method: string, args: unknown[]): Promise<void> {
    try {
      const called = (own as Record<string, (...args: unknown[]) => unknown>)[method];
      if (called === undefined) throw new Error(`There is no ${method} on this end.`);
      send({ link: 'answer', id, value: await called(...args) });
    } catch (error) {
      send({
        link: 'error',
        id,
        text: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }

  function send(message: Message): void {
    if (closed === null) end.send(message);
  }

  end.onMessage((received) => {
    const message = received as Message;
    if (message.link === 'call') void answer(message.id, message.method, message.args);
    else if (message.link === 'answer') open.get(message.id)?.resolve(message.value);
    else if (message.link === 'error') open.get(message.id)?.reject(new Error(message.text));
    if (message.link !== 'call') open.delete(message.id);
  });

  const call =
    (method: string) =>
    (...args: unknown[]): Promise<unknown> => {
      if (closed !== null) return Promise.reject(new Error(closed));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject });
        send({ link: 'call', id, method, args });
      });
    };

  return {
    remote: new Proxy({} as Remote<Theirs>, {
      get: (_target, name) => (name === 'then' ? undefined : call(String(name))),
    }),
    close(reason) {
      closed = reason;
      for (const { reject } of open.values()) reject(new Error(reason));
      open.clear();
    },
  };
}
