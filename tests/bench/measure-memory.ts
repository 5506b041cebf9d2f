import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** PSS counts a page that n processes share as one n-th in each; RSS counts it whole in each, so its sum is too high. */
export type MemoryMeasure = 'PSS' | 'RSS';

export interface PeakMemory {
  /** Summed over the process and everything it started; null where the system tells nothing. */
  peakBytes: number | null;
  measure: MemoryMeasure;
  samples: number;
}

const SAMPLE_EVERY_MS = 50;

/**
 * Watches a process and its descendants from now until `stop`. What a process holds for less than 50 ms can go
 * unseen, and so does a descendant whose parent has ended.
 */
export function watchMemory(pid: number, everyMs = SAMPLE_EVERY_MS): { stop(): Promise<PeakMemory> } {
  const stopping = new AbortController();
  const measure: MemoryMeasure = existsSync('/proc/self/smaps_rollup') ? 'PSS' : 'RSS';
  const sample = measure === 'PSS' ? async () => summedPss(pid) : () => summedRss(pid);
  const seen = { peakBytes: null as number | null, samples: 0 };

  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const bytes = await sample();
      if (bytes !== null) {
        seen.peakBytes = Math.max(seen.peakBytes ?? 0, bytes);
        seen.samples += 1;
      }
      await pause(everyMs, stopping.signal);
    }
  })();

  return {
    async stop() {
      stopping.abort();
      await watching;
      return { ...seen, measure };
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** Linux: proc(5), `smaps_rollup` for the sum over a process, `task/TID/children` for what each thread started. */
function summedPss(root: number): number | null {
  let sum: number | null = null;
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1];
    if (kilobytes !== undefined) sum = (sum ?? 0) + Number(kilobytes) * 1024;
    waiting.push(...childrenOf(pid));
  }
  return sum;
}

function childrenOf(pid: number): number[] {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) => {
    const children = readProc(`/proc/${pid}/task/${thread}/children`).trim();
    return children === '' ? [] : children.split(' ').map(Number);
  });
}

/** Empty where the process has just ended. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const run = promisify(execFile);

/** Everywhere that has a POSIX `ps`; null elsewhere. */
async function summedRss(root: number): Promise<number | null> {
  let table: string;
  try {
    table = (await run('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'rss='])).stdout;
  } catch {
    return null;
  }
  return rssOfTree(table, root);
}

/** Bytes of a process and its descendants in a table of `pid ppid rss-in-KiB` lines; null where it is not among them. */
export function rssOfTree(table: string, root: number): number | null {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const [pid, parent] of rows) {
      if (pid !== undefined && parent !== undefined && tree.has(parent)) tree.add(pid);
    }
  }
  const own = rows.filter(([pid]) => pid !== undefined && tree.has(pid));
  return own.length === 0 ? null : own.reduce((sum, [, , kilobytes]) => sum + (kilobytes ?? 0) * 1024, 0);
}
