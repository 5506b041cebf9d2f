import { type AppError, reportOf, traceOf } from '../../shared/errors.ts';
import type { LoadContext } from './load-context.ts';
import type { LoadReport } from './load-report.ts';

/** Notes in the report how a load ended early, and says so on the event stream. */
export function fail(
  context: Pick<LoadContext, 'emit' | 'loadId'>,
  report: LoadReport,
  error: AppError,
): void {
  context.emit({
    kind: 'load-failed',
    loadId: context.loadId,
    error: reportOf(error),
    trace: traceOf(error),
  });
  report.status = error.code === 'stopped' ? 'stopped' : 'failed';
  report.error = error.code === 'stopped' ? null : reportOf(error);
}
