import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** One browser that is signed in. */
export interface SignIn {
  /** Names it to handlers and in the log; says nothing about the cookie. */
  readonly client: string;
  /** Aborted when it ends, however it ends. */
  readonly ended: AbortSignal;
}

export interface SignIns {
  /** A new one, under a cookie value that nobody has seen before. */
  begin(): { cookie: string; signIn: SignIn };
  /** The one of this cookie, unless it has ended; unknown values are not taken up. */
  find(cookie: string | null): SignIn | null;
  /** Somebody did something: the time without activity begins anew. */
  touch(signIn: SignIn): void;
  end(signIn: SignIn): void;
  /** Ends what has expired. To be called now and then. */
  sweep(): void;
  count(): number;
}

export interface SignInLimits {
  /** Without any activity. A page that only shows how a load goes on has none. */
  idleMs: number;
  /** However active. */
  lifetimeMs: number;
  /** Beyond it the one that was idle longest ends. */
  most: number;
}

const COOKIE_BYTES = 32;
const HOUR_MS = 3_600_000;

/** A working day; the longest load fits into it. */
export const SIGN_IN_LIMITS: SignInLimits = { idleMs: 4 * HOUR_MS, lifetimeMs: 16 * HOUR_MS, most: 500 };

/** Kept in memory: a restart signs everybody out. Only hashes of cookies are kept. */
export function createSignIns(options: {
  now: () => number;
  onEnd: (signIn: SignIn) => void;
  limits?: SignInLimits;
}): SignIns {
  const { now, onEnd, limits = SIGN_IN_LIMITS } = options;
  interface Entry {
    hash: string;
    signIn: SignIn;
    controller: AbortController;
    beganAt: number;
    activeAt: number;
  }
  const entries = new Map<string, Entry>();
  const entryOf = (signIn: SignIn): Entry | undefined =>
    [...entries.values()].find((entry) => entry.signIn === signIn);

  function remove(entry: Entry): void {
    if (!entries.delete(entry.hash)) return;
    entry.controller.abort();
    onEnd(entry.signIn);
  }

  function isOver({ beganAt, activeAt }: Entry): boolean {
    return now() - activeAt >= limits.idleMs || now() - beganAt >= limits.lifetimeMs;
  }

  return {
    begin() {
      const cookie = randomBytes(COOKIE_BYTES).toString('base64url');
      const controller = new AbortController();
      const signIn: SignIn = { client: `browser-${randomUUID()}`, ended: controller.signal };
      if (entries.size >= limits.most) {
        const [idlest] = [...entries.values()].sort((a, b) => a.activeAt - b.activeAt);
        if (idlest !== undefined) remove(idlest);
      }
      const hash = hashOf(cookie);
      entries.set(hash, { hash, signIn, controller, beganAt: now(), activeAt: now() });
      return { cookie, signIn };
    },
    find(cookie) {
      const entry = cookie === null ? undefined : entries.get(hashOf(cookie));
      if (entry === undefined) return null;
      if (!isOver(entry)) return entry.signIn;
      remove(entry);
      return null;
    },
    touch(signIn) {
      const entry = entryOf(signIn);
      if (entry !== undefined) entry.activeAt = now();
    },
    end(signIn) {
      const entry = entryOf(signIn);
      if (entry !== undefined) remove(entry);
    },
    sweep() {
      for (const entry of [...entries.values()]) if (isOver(entry)) remove(entry);
    },
    count: () => entries.size,
  };
}

function hashOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex');
}
