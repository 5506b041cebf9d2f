import type { LoadReportView } from '../../../shared/contract/load-report.ts';
import type { RunningLoadView } from '../../../shared/contract/load-routes.ts';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { AppError, type ErrorReport } from '../../../shared/errors.ts';
import type { FakeAnswers } from './fake-contract.ts';
import { FAKE_DRAFT_ID } from './fake-draft.ts';

type ShownLoad = OutputOf<'loads.show'>;

export const LINCOLN_ID = '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a01';
export const LOAD_ID = '0d3c9a52-7f41-4c58-9b1e-5a2f6e8c1001';

const BOOKS = {
  name: 'books.csv',
  type: 'books',
  rows: 9_886,
  accepted: 9_871,
  rejected: 12,
  skipped: 3,
  warnings: 41,
  inserted: 1_204,
  updated: 57,
  unchanged: 8_610,
  isbnZerosRestored: 7,
} as const;

const STUDENTS = {
  name: 'students.csv',
  type: 'students',
  rows: 1_240,
  accepted: 1_240,
  rejected: 0,
  skipped: 0,
  warnings: 0,
  inserted: 86,
  updated: 1_154,
  unchanged: 0,
  isbnZerosRestored: 0,
} as const;

export const REPORT: LoadReportView = {
  status: 'partial',
  files: [BOOKS, STUDENTS],
  embeddings: {
    model: 'text-embedding-3-small',
    generated: 1_249,
    reused: 12,
    failed: 0,
    pending: 0,
    tokens: 261_440,
    costUsd: 0.0052,
    vecPending: 0,
  },
  index: { kind: 'flat', metric: 'l2', vectors: 9_874, added: 1_204, replaced: 45, generation: 14 },
  events: { published: 2_501, pending: 0, dead: 0 },
  timings: {
    totalMs: 74_300,
    checkMs: 1_900,
    stageMs: 2_400,
    commitMs: 9_800,
    embedMs: 52_000,
    indexMs: 3_100,
    publishMs: 5_100,
  },
  problems: [],
};

export const NO_CREDIT: ErrorReport = {
  code: 'embedding.quota',
  message: 'The account with the embedding service has no credit left, or has been closed.',
  hint: 'Ask whoever pays for it, then resume the load: what was embedded is kept.',
  retryable: false,
};

const UNREACHED: ErrorReport = {
  code: 'db.unreachable',
  message: 'The database server db.lincoln.example does not answer.',
  hint: 'See whether the network is up and the server is running, then try again.',
  retryable: true,
};

/** A load as its database tells of it. */
export function shownLoad(over: Partial<ShownLoad> = {}, report: Partial<LoadReportView> = {}): ShownLoad {
  const whole = { ...REPORT, ...report };
  const sum = (count: 'rows' | 'accepted' | 'rejected' | 'inserted' | 'updated' | 'unchanged'): number =>
    whole.files.reduce((all, file) => all + file[count], 0);
  return {
    load: {
      loadId: LOAD_ID,
      status: whole.status,
      startedAt: '2026-11-25T13:40:00.000Z',
      files: whole.files.map(({ name, type }) => ({ name, type })),
      counts: {
        rows: sum('rows'),
        accepted: sum('accepted'),
        rejected: sum('rejected'),
        inserted: sum('inserted'),
        updated: sum('updated'),
        unchanged: sum('unchanged'),
      },
    },
    endedAt: '2026-11-25T13:41:14.300Z',
    error: null,
    resumable: false,
    report: whole,
    ...over,
  };
}

const LOADED = shownLoad(
  {},
  { status: 'loaded', files: [{ ...BOOKS, rows: 9_871, rejected: 0, skipped: 0, warnings: 0 }, STUDENTS] },
);
const FAILED = shownLoad(
  { error: UNREACHED, resumable: true, endedAt: null },
  {
    status: 'failed',
    files: [{ ...BOOKS, inserted: 800, updated: 20, unchanged: 3_180 }],
    embeddings: { ...REPORT.embeddings, model: null, generated: 0, reused: 0, tokens: 0, costUsd: null },
    index: null,
    events: { published: 0, pending: 820, dead: 0 },
    timings: { ...REPORT.timings, totalMs: 14_100, embedMs: 0, indexMs: 0, publishMs: 0 },
  },
);
const STOPPED = shownLoad(
  { resumable: true, endedAt: null },
  {
    status: 'stopped',
    embeddings: { ...REPORT.embeddings, generated: 400, pending: 849, tokens: 83_100, costUsd: 0.0017 },
    index: null,
    events: { published: 0, pending: 2_501, dead: 0 },
    problems: [NO_CREDIT],
  },
);

const RUNNING: RunningLoadView = {
  loadId: LOAD_ID,
  profileId: LINCOLN_ID,
  profile: 'Lincoln Elementary',
  startedAt: '2026-11-25T13:40:00.000Z',
  takenUp: false,
  waiting: null,
  problems: [],
};

/** A load that runs until it is stopped; its events are told by the test. */
export function runningLoad(ending: ShownLoad, load: Partial<RunningLoadView> = {}): FakeAnswers {
  let loads = [{ ...RUNNING, ...load }];
  return {
    'loads.running': () => ({ loads }),
    'loads.stop': () => {
      loads = [];
      return { running: true };
    },
    'loads.show': () => ending,
    'loads.resume': ({ loadId }) => {
      loads = [{ ...RUNNING, ...load }];
      return { loadId };
    },
  };
}

/** Loads of the last weeks, newest first; as many as are asked for. */
function pastLoads(count: number): OutputOf<'loads.history'>['loads'] {
  const kinds = [shownLoad(), LOADED, STOPPED, FAILED];
  return Array.from({ length: count }, (_, index) => {
    const { load } = kinds[index % kinds.length] ?? LOADED;
    const startedAt = new Date(Date.UTC(2026, 10, 25, 13, 40) - index * 26 * 3_600_000).toISOString();
    return { ...load, loadId: LOAD_ID.replace(/\d{4}$/, String(1_001 + index)), startedAt };
  });
}

const refuse = (error: ErrorReport) => () => {
  throw new AppError(error);
};
const history: FakeAnswers['loads.history'] = ({ limit = 50 }) => ({ loads: pastLoads(Math.min(limit, 72)) });

/** Until it is resumed. */
function notRunning(ending: ShownLoad): FakeAnswers {
  const { 'loads.resume': resume, 'loads.running': running, ...rest } = runningLoad(ending);
  let resumed = false;
  return {
    ...rest,
    'loads.running': (input) => (resumed && running !== undefined ? running(input) : { loads: [] }),
    'loads.resume': (input) => {
      resumed = true;
      return resume?.(input) ?? { loadId: LOAD_ID };
    },
  };
}

/** Each by the name of its scenario. */
export const LOAD_ANSWERS: Readonly<Record<string, () => FakeAnswers>> = {
  history: () => ({ 'loads.history': history, 'loads.show': () => shownLoad() }),
  'history-few': () => ({
    'loads.history': () => ({ loads: pastLoads(4) }),
    'loads.show': () => shownLoad(),
    'drafts.list': () => ({
      drafts: [
        {
          draftId: FAKE_DRAFT_ID,
          createdAt: '2026-11-25T09:00:00.000Z',
          files: ['books.csv'],
          loads: [LOAD_ID],
        },
      ],
    }),
  }),
  'history-running': () => ({
    ...runningLoad(shownLoad()),
    'loads.history': () => ({ loads: pastLoads(5) }),
  }),
  'history-failed': () => ({ 'loads.history': refuse(UNREACHED), 'loads.show': refuse(UNREACHED) }),
  'history-reading': () => ({ 'loads.history': () => new Promise(() => {}) }),
  'load-loaded': () => ({ 'loads.show': () => LOADED }),
  'load-failed': () => ({ 'loads.show': () => FAILED }),
  'load-stopped': () => notRunning(STOPPED),
  'load-cut-off': () =>
    notRunning({ ...FAILED, error: null, load: { ...FAILED.load, status: 'committing' } }),
  'load-running': () => runningLoad(STOPPED),
  'load-running-waits': () =>
    runningLoad(STOPPED, {
      waiting: {
        step: 'embed',
        reason: 'The embedding service asks us to send less at a time.',
        untilMs: null,
      },
      problems: [{ step: 'embed', error: NO_CREDIT }],
    }),
};
