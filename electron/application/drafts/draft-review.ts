import type { Change, Review, ReviewRow } from '../../../shared/contract/draft-review.ts';
import { toAppError } from '../../../shared/errors.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';
import type { PreparedFiles } from '../../engine/load.ts';
import type { LoadPorts } from '../../engine/load-context.ts';
import { reviewFiles } from '../../engine/review.ts';
import { describeReviewRows } from '../../engine/review-rows.ts';
import type { TokenCounter } from '../../engine/token-counter-port.ts';
import type { LoadTarget } from '../loads/load-target.ts';
import { reviewGone } from './draft-errors.ts';
import { NEVER } from './draft-ports.ts';
import { checkedOf, type Draft, tellChanged } from './draft-state.ts';

/** Tokens a minute of the embedding service where no load tells: OpenAI's first paid tier. */
const MINUTE_TOKENS = 1_000_000;
/** Loads of a target that a file is held against. */
const HISTORY = 50;

/** The checked files in loading order, numbered from 0, and the draft's own numbers of them. */
export function preparedFiles(draft: Draft): PreparedFiles & { fileNos: number[] } {
  const { draftId, context, checked } = draft;
  const ordered = checked.toSorted(
    (a, b) =>
      RECORD_TYPES.indexOf(a.mapping.type) - RECORD_TYPES.indexOf(b.mapping.type) || a.fileNo - b.fileNo,
  );
  const fileNos = ordered.map(({ fileNo }) => fileNo);
  return {
    files: ordered.map((file, fileNo) => ({ ...file, fileNo })),
    edits: (fileNo, from, to) => context.ports.workspace.editsNow(draftId, fileNos[fileNo] ?? -1, from, to),
    fileNos,
  };
}

/** Rehearses the load as the draft is now; a second call joins the first. In the draft's turn: nothing changes meanwhile. */
export function reviewDraft(draft: Draft, tokens: TokenCounter): Promise<Review> {
  draft.reviewing ??= draft
    .inTurn(async () => {
      draft.review = { state: 'running', error: null, last: null };
      tellChanged(draft, false);
      const review = await draft.lookup.withTarget((target) => rehearsed(draft, target, tokens));
      const state = review.revision === draft.revision ? 'ready' : 'stale';
      draft.review = { state, error: null, last: review };
      return review;
    })
    .catch((thrown: unknown) => {
      draft.review = { state: 'failed', error: toAppError(thrown), last: null };
      throw thrown;
    })
    .finally(() => {
      draft.reviewing = null;
      tellChanged(draft, false);
    });
  return draft.reviewing;
}

async function rehearsed(draft: Draft, target: LoadTarget, tokens: TokenCounter): Promise<Review> {
  const { context, draftId, ports, revision } = draft;
  const { workspace, random } = context.ports;
  const { files, edits, fileNos } = preparedFiles(draft);
  const signal = draft.closing.signal;
  const withEmbedder = files.some(({ mapping }) => mapping.type === 'books');
  const { database, embedder } = await portsOf(target, withEmbedder);
  const loadId = random.uuid();
  await workspace.clearReview(draftId, signal);
  try {
    const reviewed = await reviewFiles(
      {
        ...context,
        loadId,
        edits,
        tuning: target.tuning,
        ports: { ...context.ports, database, hasher: ports.hasher },
      },
      files,
      {
        embedder,
        tokens,
        spendLimitUsd: target.tuning.spendLimitUsd ?? null,
        history: await database.ledger.loads(HISTORY, signal).catch(() => []),
        minuteTokens: MINUTE_TOKENS,
      },
      (fileNo, run) => workspace.saveReview(draftId, fileNos[fileNo] ?? -1, run, signal),
    );
    const own = <T extends { fileNo: number }>(one: T): T => ({ ...one, fileNo: fileNos[one.fileNo] ?? -1 });
    const { kind, confirmAboveRows } = target.safety;
    const asks = kind === 'production' && (reviewed.written > confirmAboveRows || reviewed.alarms.length > 0);
    return {
      revision,
      files: reviewed.files.map(own),
      alarms: reviewed.alarms.map(own),
      forecast: reviewed.forecast,
      written: reviewed.written,
      confirmation: asks ? target.name : null,
    };
  } finally {
    await workspace.forget(loadId, NEVER);
  }
}

/** A target without an embedding service is loaded without embeddings: then there is nothing to forecast. */
async function portsOf(target: LoadTarget, embed: boolean): Promise<LoadPorts> {
  try {
    return await target.ports({ embed, publish: false });
  } catch (thrown) {
    if (!embed || toAppError(thrown).code !== 'settings.invalid') throw thrown;
    return target.ports({ embed: false, publish: false });
  }
}

/** Rows of the last review, as they are now. Throws draft.review-gone. */
export async function reviewedRows(
  draft: Draft,
  fileNo: number,
  change: Change,
  page: { offset: number; limit: number },
): Promise<ReviewRow[]> {
  if (draft.review.last === null) throw reviewGone();
  const file = checkedOf(draft, fileNo);
  const { signal } = draft.closing;
  const rows = await draft.context.ports.workspace.reviewRows(draft.draftId, fileNo, change, page, signal);
  return describeReviewRows(draft.context, file, rows);
}
