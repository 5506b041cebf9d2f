import type { DraftView } from '../../../shared/contract/drafts.ts';
import { type AppError, reportOf, toAppError } from '../../../shared/errors.ts';
import type { IdLookup } from '../../engine/references.ts';
import type { LoadTarget } from '../loads/load-target.ts';
import { unknownDraft } from './draft-errors.ts';

/** Looking needs the database only. */
const LOOK_ONLY = { embed: false, publish: false };
/** A sandbox's database takes one opener only: others must get at it while nobody works here. */
const IDLE_MS = 60_000;

/** The draft's target, opened when it is needed and let go of when it has not been for a while. */
export interface Lookup {
  /** Asks the target which ids it has; null after it failed to answer, until `again`. */
  current(): IdLookup | null;
  readonly state: DraftView['lookup'];
  /** Runs `work` with what `current` gives; where the database fails in it, once more without. */
  run<T>(work: (lookup: IdLookup | null) => Promise<T>): Promise<T>;
  /** Gives it another chance. */
  again(): void;
  /** The target, held while `work` runs. Throws draft.unknown once the look-up is closed. */
  withTarget<T>(work: (target: LoadTarget) => Promise<T>): Promise<T>;
  /** Who asks from now on gets the target anew; who works with the old one keeps it until the end of the work. */
  letGo(): Promise<void>;
  /** Lets go of the target for good, and waits until nobody works with it. */
  close(): Promise<void>;
}

interface Held {
  target: Promise<LoadTarget>;
  users: number;
  /** Nobody gets it any more: its last user lets go of it. */
  left: boolean;
  released: PromiseWithResolvers<void>;
}

export function createLookup(open: () => Promise<LoadTarget>, idleMs = IDLE_MS): Lookup {
  let held: Held | null = null;
  const all = new Set<Held>();
  let idle: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let state: DraftView['lookup'] = { kind: 'not-asked' };

  const hold = (): Held => {
    const own: Held = { target: open(), users: 0, left: false, released: Promise.withResolvers<void>() };
    all.add(own);
    return own;
  };
  const release = async (own: Held): Promise<void> => {
    await own.target.then((target) => target.release()).catch(() => undefined);
    all.delete(own);
    own.released.resolve();
  };
  const letGo = async (): Promise<void> => {
    clearTimeout(idle);
    const own = held;
    held = null;
    if (own === null) return;
    own.left = true;
    if (own.users === 0) await release(own);
  };
  const withTarget = async <T>(work: (target: LoadTarget) => Promise<T>): Promise<T> => {
    if (closed) throw unknownDraft();
    clearTimeout(idle);
    held ??= hold();
    const own = held;
    own.users += 1;
    try {
      const target = await own.target.catch((thrown: unknown) => {
        own.left = true;
        if (held === own) held = null;
        throw thrown;
      });
      return await work(target);
    } finally {
      own.users -= 1;
      if (own.users === 0) {
        if (own.left) await release(own);
        else idle = setTimeout(() => void letGo(), idleMs).unref();
      }
    }
  };
  const ask: IdLookup = async (type, ids, signal) => {
    const known = await withTarget(async (target) => {
      const { database } = await target.ports(LOOK_ONLY);
      return database.knownIds(type, ids, signal);
    });
    state = { kind: 'asked' };
    return known;
  };

  return {
    get state() {
      return state;
    },
    current: () => (state.kind === 'failed' ? null : ask),
    async run(work) {
      const lookup = state.kind === 'failed' ? null : ask;
      try {
        return await work(lookup);
      } catch (thrown) {
        const error = toAppError(thrown);
        if (lookup === null || !isOfDatabase(error)) throw thrown;
        state = { kind: 'failed', error: reportOf(error) };
        return work(null);
      }
    },
    again() {
      if (state.kind === 'failed') state = { kind: 'not-asked' };
    },
    withTarget,
    letGo,
    async close() {
      closed = true;
      await letGo();
      await Promise.all([...all].map(({ released }) => released.promise));
    },
  };
}

function isOfDatabase(error: AppError): boolean {
  return /^(db|sandbox|settings|profile|secrets)\./.test(error.code);
}
