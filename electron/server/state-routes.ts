import { performance } from 'node:perf_hooks';

/** How the parts that a load needs are: names and codes only, for whoever runs the server. */
export interface Readiness {
  ready: boolean;
  parts: Record<string, { ok: boolean; code: string | null }>;
}

export interface StateAnswer {
  status: number;
  type: string;
  body: string;
}

/** Answers that need no session: whether the process lives, whether it can load, and what it counts. */
export interface StateRoutes {
  /** Null for a path that is none of these. Never rejects. */
  answer(path: string): Promise<StateAnswer> | null;
}

/** However often it is asked, the database is looked at once in this time. */
const FRESH_MS = 5_000;

const JSON_TYPE = 'application/json; charset=utf-8';

export function createStateRoutes(options: {
  /** Must end by itself; see application/health/readiness.ts. */
  readiness: () => Promise<Readiness>;
  metrics: () => Promise<{ type: string; body: string }>;
  freshMs?: number;
}): StateRoutes {
  const readiness = remembered(options.readiness, options.freshMs ?? FRESH_MS);
  const metrics = remembered(options.metrics, 0);

  async function ready(): Promise<StateAnswer> {
    const { ready: isReady, parts } = await readiness();
    const body = JSON.stringify({ status: isReady ? 'ready' : 'not-ready', parts });
    return { status: isReady ? 200 : 503, type: JSON_TYPE, body: `${body}\n` };
  }

  const broken = (): StateAnswer => ({ status: 503, type: JSON_TYPE, body: '{"status":"failed"}\n' });
  return {
    answer(path) {
      switch (path) {
        case '/healthz':
          return Promise.resolve({ status: 200, type: JSON_TYPE, body: '{"status":"ok"}\n' });
        case '/readyz':
          return ready().catch(broken);
        case '/metrics':
          return metrics().then((text) => ({ status: 200, ...text }), broken);
        default:
          return null;
      }
    },
  };
}

/** Work that is under way, or done not longer ago than `forMs`, is not begun again. */
function remembered<T>(work: () => Promise<T>, forMs: number): () => Promise<T> {
  let last: { result: Promise<T>; doneAt: number } | null = null;
  return () => {
    if (last !== null && performance.now() - last.doneAt < forMs) return last.result;
    const own = { result: work(), doneAt: Number.POSITIVE_INFINITY };
    const done = (): void => {
      own.doneAt = performance.now();
    };
    own.result.then(done, done);
    last = own;
    return own.result;
  };
}
