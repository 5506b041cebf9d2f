import { AppError, type ErrorReport, reportOf, toAppError, traceOf } from '../../../shared/errors.ts';
import type { RecordType } from '../../../shared/records/types.ts';
import type { LoadRequest, PreparedFiles } from '../../engine/load.ts';
import type { LoadSignals } from '../../engine/load-context.ts';
import type { EmitLoadEvent, LoadEvent } from '../../engine/load-events.ts';
import type { LoadReport } from '../../engine/load-report.ts';
import { noticeOf } from '../notice.ts';
import type { LoadDeskPorts, LoadTarget } from './load-target.ts';
import { continueLoad, startLoad } from './loads.ts';
import { afterEvent, type RunningLoad } from './running-load.ts';
import { takeUpLoads } from './take-up.ts';

export interface NewLoadRequest {
  profileId: string | null;
  paths: readonly string[];
  type: RecordType | null;
  dryRun: boolean;
  allOrNothing: boolean;
  embed: boolean;
  publish: boolean;
  /** Files that a person prepared, instead of `paths`. */
  prepared?: PreparedFiles;
}

/** Runs loads for whoever asks, whether or not they stay: a load belongs to nobody's page. */
export interface LoadDesk {
  /** Resolves once the load has a name. Throws what keeps it from beginning. */
  start(request: NewLoadRequest): Promise<string>;
  /** A load that runs here already goes on as it was. */
  resume(profileId: string | null, loadId: string): Promise<string>;
  /** False where it does not run. */
  stop(loadId: string): boolean;
  list(): RunningLoad[];
  /** Why a load that ran here last failed; null where it did not, or that was long ago. */
  failureOf(loadId: string): ErrorReport | null;
  /** A listener that throws harms neither the load nor other listeners. */
  onEvent(listener: EmitLoadEvent): void;
  /** Goes on with what an earlier process left behind when it died. Never throws. */
  takeUp(): Promise<void>;
  /** Stops every load after the chunk in hand and waits until they have; the next process goes on with them. */
  close(): Promise<void>;
}

interface Running extends RunningLoad {
  place: string;
  stop: AbortController;
}

type Load = (emit: EmitLoadEvent, signals: LoadSignals) => Promise<LoadReport>;

/** So many failures are remembered. */
const KEPT_FAILURES = 200;
const NEVER = new AbortController().signal;

export function createLoadDesk(ports: LoadDeskPorts): LoadDesk {
  const loads = new Map<string, Running>();
  const resuming = new Map<string, Promise<string>>();
  const failures = new Map<string, ErrorReport>();
  const listeners: EmitLoadEvent[] = [];
  /** Everything that must have ended before the desk is closed. */
  const work = new Set<Promise<unknown>>();
  let closing = false;

  const tell = (event: LoadEvent): void => {
    if (event.kind === 'load-started') failures.delete(event.loadId);
    if (event.kind === 'load-failed') remember(failures, event.loadId, event.error);
    for (const listener of listeners)
      try {
        listener(event);
      } catch (thrown) {
        ports.notify(`Somebody who listens to loads failed: ${traceOf(toAppError(thrown))}`);
      }
  };

  const track = <T>(promise: Promise<T>): Promise<T> => {
    const settled = promise.then(
      () => undefined,
      () => undefined,
    );
    work.add(settled);
    void settled.then(() => work.delete(settled));
    return promise;
  };

  /** A load goes on where its note cannot be kept: only a crash would make a difference. */
  const noteDown = async ({ loadId, profileId, place, startedAt, stop }: Running): Promise<void> => {
    const note = { loadId, profileId, place, startedAt, stopping: stop.signal.aborted };
    await ports.running.note(note).catch(complain);
  };
  const complain = (thrown: unknown): void => ports.notify(noticeOf(thrown));

  /** Runs `load` and resolves with its name, which its first event tells. Releases the target at its end. */
  const run = (target: LoadTarget, takenUp: boolean, load: Load): Promise<string> => {
    const named = Promise.withResolvers<string>();
    const stop = new AbortController();
    let own: Running | null = null;
    let over = false;
    let noted: Promise<void> = Promise.resolve();
    const begin = (loadId: string): void => {
      const { profileId, place, name } = target;
      const startedAt = ports.clock.now().toISOString();
      const running: Running = {
        ...{ loadId, profileId, place, profile: name, startedAt, takenUp },
        ...{ waiting: null, problems: [], stop },
      };
      own = running;
      loads.set(loadId, running);
      noted = noteDown(running);
      stop.signal.addEventListener('abort', () => {
        // What the end of the process stops is not what a person stopped.
        if (!closing && !over) noted = noted.then(() => noteDown(running));
      });
      named.resolve(loadId);
    };
    const whole = async (): Promise<void> => {
      let goesOn = false;
      try {
        const report = await load(
          (event) => {
            if (event.kind === 'load-started') begin(event.loadId);
            else if (own !== null) Object.assign(own, afterEvent(own, event));
            tell(event);
          },
          { stop: stop.signal, abort: NEVER },
        );
        goesOn = closing && report.resumable;
        named.resolve(report.loadId);
      } catch (thrown) {
        if (own === null) named.reject(thrown);
        else tell(failedEvent(own.loadId, toAppError(thrown)));
      }
      over = true;
      await noted;
      if (own !== null && !goesOn) await ports.running.ended(own.loadId).catch(complain);
      if (own !== null) loads.delete(own.loadId);
      await target.release();
    };
    track(whole());
    return named.promise;
  };

  /** Opens the target and runs in it what `open` makes of it; released in every case. */
  const runIn = async (
    profileId: string | null,
    open: (target: LoadTarget) => Promise<Load>,
    takenUp: boolean,
  ): Promise<string> => {
    throwIfClosing();
    const target = await ports.target(profileId);
    let load: Load;
    try {
      load = await open(target);
      throwIfClosing();
    } catch (thrown) {
      await target.release();
      throw thrown;
    }
    return run(target, takenUp, load);
  };
  const throwIfClosing = (): void => {
    if (closing) throw ending();
  };

  const resume = (profileId: string | null, loadId: string, takenUp: boolean): Promise<string> => {
    if (loads.has(loadId)) return Promise.resolve(loadId);
    const begun = resuming.get(loadId);
    if (begun !== undefined) return begun;
    const open = async (target: LoadTarget): Promise<Load> => {
      const loadPorts = await target.ports(await target.optionsOf(loadId, NEVER));
      return (emit, signals) => continueLoad(loadPorts, target.tuning, loadId, emit, signals);
    };
    const beginning = runIn(profileId, open, takenUp).finally(() => resuming.delete(loadId));
    resuming.set(loadId, beginning);
    return track(beginning);
  };

  return {
    start(request) {
      const { dryRun, embed, publish } = request;
      const open = async (target: LoadTarget): Promise<Load> => {
        const loadPorts = await target.ports({ embed: embed && !dryRun, publish: publish && !dryRun });
        return (emit, signals) => startLoad(loadPorts, target.tuning, loadRequest(request), emit, signals);
      };
      return track(runIn(request.profileId, open, false));
    },
    resume: (profileId, loadId) => resume(profileId, loadId, false),
    stop(loadId) {
      loads.get(loadId)?.stop.abort();
      return loads.has(loadId);
    },
    list: () => [...loads.values()].map(({ place: _, stop: __, ...load }) => load),
    failureOf: (loadId) => failures.get(loadId) ?? null,
    onEvent: (listener) => void listeners.push(listener),
    takeUp: () =>
      track(
        takeUpLoads({
          ...ports,
          isClosing: () => closing,
          resume: (profileId, loadId) => resume(profileId, loadId, true),
          tellFailed: (loadId, error) => tell(failedEvent(loadId, error)),
        }).catch(complain),
      ),
    async close() {
      closing = true;
      // What is beginning right now may still come to run.
      while (work.size > 0) {
        for (const { stop } of loads.values()) stop.abort();
        await Promise.race(work);
      }
    },
  };
}

function remember(failures: Map<string, ErrorReport>, loadId: string, error: ErrorReport): void {
  failures.delete(loadId);
  failures.set(loadId, error);
  const [oldest] = failures.keys();
  if (failures.size > KEPT_FAILURES && oldest !== undefined) failures.delete(oldest);
}

function failedEvent(loadId: string, error: AppError): LoadEvent {
  return { kind: 'load-failed', loadId, error: reportOf(error), trace: traceOf(error) };
}

function loadRequest(request: NewLoadRequest): LoadRequest {
  const { paths, type, dryRun, allOrNothing, embed, publish, prepared } = request;
  return {
    paths,
    type,
    reading: {},
    mapping: null,
    useRemembered: true,
    dateOrder: null,
    dryRun,
    maxRejects: null,
    prepared: prepared ?? null,
    options: { embed, publish, allOrNothing, rejectsDir: null },
  };
}

function ending(): AppError {
  return new AppError({
    code: 'stopped',
    message: 'Accession is being ended, so no load begins any more.',
    hint: 'Start it again, and then the load.',
  });
}
