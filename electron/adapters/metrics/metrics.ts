import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LoadEvent } from '../../engine/load-events.ts';
import type { EventCounts } from '../../engine/outbox-port.ts';

/** How many rows of a file came to which end; the engine's report of a file is one of these as it is. */
export interface RowCounts {
  type: string;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
  skipped: number;
}

/** Counts of this process since its start, in Prometheus' text format. Labels come from short fixed lists: nobody's name is one. */
export interface Metrics {
  /** Every event of every load. */
  load(event: LoadEvent): void;
  /** The files of a load that has ended. */
  rows(files: readonly RowCounts[]): void;
  request(route: string, status: number, ms: number): void;
  signIn(outcome: 'ok' | 'refused' | 'slowed-down'): void;
  upload(outcome: 'done' | 'refused' | 'broken-off', bytes: number): void;
  presence(now: { signIns: number; sockets: number }): void;
  text(): Promise<{ type: string; body: string }>;
}

const OUTCOMES = ['inserted', 'updated', 'unchanged', 'rejected', 'skipped'] as const;
const STATUSES = ['loaded', 'partial', 'failed', 'rehearsed', 'stopped'] as const;
const TYPES = ['books', 'students', 'checkouts'] as const;
/** Seconds: from a term's few files to a whole consortium. */
const LOAD_BUCKETS = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600];
const REQUEST_BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10, 60];

/** `outbox` is asked at each scrape for what waits in the database, and may fail. */
export function createMetrics(options: { version: string; outbox: () => Promise<EventCounts> }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const rows = new Counter({
    name: 'accession_rows_total',
    help: 'Rows of loads that have ended.',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const loads = new Counter({
    name: 'accession_loads_total',
    help: 'Loads that have ended.',
    labelNames: ['status'],
    registers,
  });
  const running = new Gauge({
    name: 'accession_loads_running',
    help: 'Loads that this process is at work on.',
    registers,
  });
  const loadSeconds = new Histogram({
    name: 'accession_load_duration_seconds',
    help: 'From the first file to the end of a load.',
    labelNames: ['status'],
    buckets: LOAD_BUCKETS,
    registers,
  });
  const stepSeconds = new Histogram({
    name: 'accession_step_duration_seconds',
    help: 'Each step of each load.',
    labelNames: ['step'],
    buckets: LOAD_BUCKETS,
    registers,
  });
  const requests = new Histogram({
    name: 'accession_http_request_duration_seconds',
    help: 'Answered HTTP requests.',
    labelNames: ['route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const signIns = new Counter({
    name: 'accession_sign_ins_total',
    help: 'Attempts to sign in.',
    labelNames: ['outcome'],
    registers,
  });
  const uploads = new Counter({
    name: 'accession_uploads_total',
    help: 'Files that browsers sent.',
    labelNames: ['outcome'],
    registers,
  });
  const uploadBytes = new Counter({
    name: 'accession_upload_bytes_total',
    help: 'Bytes of the files that arrived whole.',
    registers,
  });
  const signedIn = new Gauge({
    name: 'accession_signed_in',
    help: 'Browsers that are signed in.',
    registers,
  });
  const sockets = new Gauge({ name: 'accession_sockets', help: 'Pages that are connected.', registers });
  new Gauge({
    name: 'accession_build_info',
    help: 'Which version this is.',
    labelNames: ['version'],
    registers,
  }).set({ version: options.version }, 1);
  addOutbox(registers, options.outbox);

  // Zeros that are there from the start make the first increase visible to rate().
  for (const type of TYPES) for (const outcome of OUTCOMES) rows.inc({ type, outcome }, 0);
  for (const status of STATUSES) loads.inc({ status }, 0);
  const underway = new Set<string>();

  return {
    load(event) {
      switch (event.kind) {
        case 'load-started':
          underway.add(event.loadId);
          running.set(underway.size);
          break;
        case 'step-finished':
          stepSeconds.observe({ step: event.step }, event.ms / 1000);
          break;
        case 'load-finished':
          loads.inc({ status: event.status });
          loadSeconds.observe({ status: event.status }, event.ms / 1000);
          underway.delete(event.loadId);
          running.set(underway.size);
          break;
      }
    },
    rows(files) {
      for (const file of files)
        for (const outcome of OUTCOMES) rows.inc({ type: file.type, outcome }, file[outcome]);
    },
    request: (route, status, ms) => requests.observe({ route, status: String(status) }, ms / 1000),
    signIn: (outcome) => signIns.inc({ outcome }),
    upload(outcome, bytes) {
      uploads.inc({ outcome });
      uploadBytes.inc(bytes);
    },
    presence(now) {
      signedIn.set(now.signIns);
      sockets.set(now.sockets);
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}

/** Events in the target database, whoever put them there; without values while it cannot be asked. */
function addOutbox(registers: Registry[], outbox: () => Promise<EventCounts>): void {
  new Gauge({
    name: 'accession_outbox_events',
    help: 'Events in the outbox by state: pending waits to be sent, dead was refused.',
    labelNames: ['topic', 'state'],
    registers,
    async collect() {
      this.reset();
      try {
        for (const { topic, pending, dead, published } of (await outbox()).byTopic) {
          this.set({ topic, state: 'pending' }, pending);
          this.set({ topic, state: 'dead' }, dead);
          this.set({ topic, state: 'published' }, published);
        }
        reachable.set(1);
      } catch {
        reachable.set(0);
      }
    },
  });
  const reachable = new Gauge({
    name: 'accession_outbox_reachable',
    help: '1 where the last scrape could ask the database for its outbox.',
    registers,
  });
}
