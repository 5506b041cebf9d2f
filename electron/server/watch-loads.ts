import type { EVENTS } from '../../shared/contract/events.ts';
import { toAppError, traceOf } from '../../shared/errors.ts';
import type { LoadHandlerPorts } from '../application/loads/handlers.ts';
import { showLoad } from '../application/loads/loads.ts';
import type { EventHub } from '../backend/event-hub.ts';
import { publishLoadEvent } from '../backend/publish-loads.ts';
import type { LoadEvent } from '../engine/load-events.ts';
import type { FileReport } from '../engine/load-report.ts';
import type { DoorLog } from './door-log.ts';

/** Tells pages, log and metrics of every load of this process. */
export function watchLoads(
  loads: LoadHandlerPorts,
  tell: {
    events: Pick<EventHub<typeof EVENTS>, 'publish'>;
    log: DoorLog & { load(event: LoadEvent): void };
    metrics: { load(event: LoadEvent): void; rows(files: readonly FileReport[]): void };
  },
): void {
  const { events, log, metrics } = tell;
  loads.desk.onEvent((event) => {
    publishLoadEvent(events, event);
    log.load(event);
    metrics.load(event);
    if (event.kind === 'load-finished') void countRows(loads, event.loadId).then(metrics.rows, lost);
  });

  function lost(thrown: unknown): void {
    const error = toAppError(thrown);
    log.warn('rows-not-counted', { code: error.code, trace: traceOf(error) });
  }
}

/** What its report says; nothing of a rehearsal, which the ledger does not know. */
async function countRows({ desk, target }: LoadHandlerPorts, loadId: string): Promise<readonly FileReport[]> {
  const running = desk.list().find((load) => load.loadId === loadId);
  const held = await target(running?.profileId ?? null);
  try {
    const ports = await held.ports({ embed: false, publish: false });
    const signal = new AbortController().signal;
    if ((await ports.database.ledger.load(loadId, signal)) === null) return [];
    return (await showLoad(ports, loadId, 0, signal)).report?.files ?? [];
  } finally {
    await held.release();
  }
}
