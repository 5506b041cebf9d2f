import type { HandlersOf } from '../../../shared/contract/handlers.ts';
import { type LoadReportView, loadReportSchema } from '../../../shared/contract/load-report.ts';
import type { loadRoutes } from '../../../shared/contract/load-routes.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';
import type { LoadReport } from '../../engine/load-report.ts';
import { reviewFirst } from '../drafts/draft-errors.ts';
import type { LoadDesk } from './load-desk.ts';
import type { LoadTarget } from './load-target.ts';
import { listLoads, showLoad } from './loads.ts';

export interface LoadHandlerPorts {
  desk: LoadDesk;
  target(profileId: string | null): Promise<LoadTarget>;
}

/** Looking needs the database only. */
const LOOK_ONLY = { embed: false, publish: false };

export function loadHandlers({ desk, target }: LoadHandlerPorts): HandlersOf<typeof loadRoutes> {
  const looking = async <T>(profileId: string | null, look: (held: LoadTarget) => Promise<T>): Promise<T> => {
    const held = await target(profileId);
    try {
      return await look(held);
    } finally {
      await held.release();
    }
  };
  return {
    'loads.start': async ({ files, ...request }, { files: own }) => {
      const paths = files.map((id) => own.pathOf(id));
      if (!request.dryRun) await looking(request.profileId, throwIfToBeReviewed);
      return { loadId: await desk.start({ ...request, paths }) };
    },
    'loads.resume': async ({ profileId, loadId }) => ({ loadId: await desk.resume(profileId, loadId) }),
    'loads.stop': ({ loadId }) => ({ running: desk.stop(loadId) }),
    'loads.running': () => ({ loads: desk.list() }),
    'loads.history': ({ profileId, limit }, { signal }) =>
      looking(profileId, async (held) => ({
        loads: await listLoads(await held.ports(LOOK_ONLY), limit, signal),
      })),
    'loads.show': ({ profileId, loadId }, { signal }) =>
      looking(profileId, async (held) => {
        const details = await showLoad(await held.ports(LOOK_ONLY), loadId, 0, signal).catch(
          (thrown: unknown) => {
            throw whyUnknown(desk, loadId, toAppError(thrown));
          },
        );
        const { endedAt, error, resumable, report, issues: _, ...load } = details;
        return {
          load,
          endedAt,
          error: error === null ? null : { retryable: false, ...error },
          resumable,
          report: reportView(report, load.files),
        };
      }),
  };
}

/** What wants to be looked at before it is written to is loaded from a draft only: that is where one looks. */
async function throwIfToBeReviewed({ profileId, safety }: LoadTarget): Promise<void> {
  if (safety.rehearseFirst || (safety.kind === 'production' && profileId !== null)) throw reviewFirst();
}

/** The report as it is shown: a page learns no paths. */
function reportView(report: LoadReport | null, names: readonly { name: string }[]): LoadReportView | null {
  if (report === null) return null;
  const files = report.files.map((file, at) => ({ ...file, name: names[at]?.name ?? '' }));
  return loadReportSchema.parse({ ...report, files });
}

/** What failed before the ledger knew of it, such as a file that cannot be read, is known here only. */
function whyUnknown(desk: LoadDesk, loadId: string, error: AppError): AppError {
  const failure = error.code === 'load.unknown' ? desk.failureOf(loadId) : null;
  return failure === null ? error : new AppError(failure);
}
