import { AppError, type ErrorCode, toAppError } from '../../../shared/errors.ts';
import { endCutOff, leaveStopped } from '../../engine/cut-off.ts';
import { stopped } from '../../engine/load-context.ts';
import type { RunningLoadNote } from '../../engine/running-loads-port.ts';
import type { LoadDeskPorts, LoadTarget } from './load-target.ts';

export interface TakeUpPorts extends Omit<LoadDeskPorts, 'clock'> {
  isClosing(): boolean;
  resume(profileId: string | null, loadId: string): Promise<string>;
  tellFailed(loadId: string, error: AppError): void;
}

/** After these there is nothing to come back to; after any other the next start tries again. */
const FINAL: readonly ErrorCode[] = ['load.not-resumable', 'load.unknown', 'profile.unknown'];
/** Looking needs the database only. */
const LOOK_ONLY = { embed: false, publish: false };
const NEVER = new AbortController().signal;

/**
 * Goes on with the loads that dead processes left, oldest first. What cannot be gone on with is told once and
 * leaves nothing half done behind; what cannot be for now is told and kept. Throws workspace.failed where it cannot
 * see what was left.
 */
export async function takeUpLoads(ports: TakeUpPorts): Promise<void> {
  for (const note of await ports.running.takeOver()) {
    if (ports.isClosing()) return;
    await takeUp(ports, note);
  }
}

async function takeUp(ports: TakeUpPorts, note: RunningLoadNote): Promise<void> {
  const { loadId, profileId, place } = note;
  let target: LoadTarget | null = null;
  try {
    // Held meanwhile, so that a sandbox is opened once and not for each look.
    target = await ports.target(profileId);
    // Another door's database: it stays for a process that opens that one.
    if (target.place !== place) return;
    if (note.stopping) await leave(ports, target, loadId);
    else await ports.resume(profileId, loadId);
  } catch (thrown) {
    const error = toAppError(thrown);
    // The desk is being closed: the next process finds it as it is.
    if (error.code === 'stopped') return;
    await give(ports, target, loadId, error);
  } finally {
    await target?.release();
  }
}

/** A person had stopped it. */
async function leave(ports: TakeUpPorts, target: LoadTarget, loadId: string): Promise<void> {
  const isOver = await leaveStopped(await target.ports(LOOK_ONLY), loadId, stopped(), NEVER);
  if (isOver) await ports.workspace.forget(loadId, NEVER);
  await ports.running.ended(loadId);
}

/** Gives it up, for good or for now, and says so. */
async function give(
  ports: TakeUpPorts,
  target: LoadTarget | null,
  loadId: string,
  cause: AppError,
): Promise<void> {
  if (!FINAL.includes(cause.code)) {
    ports.tellFailed(loadId, notNow(cause));
    return;
  }
  const error = overFor(cause);
  try {
    if (target !== null) await endCutOff(await target.ports(LOOK_ONLY), loadId, error, NEVER);
    await ports.workspace.forget(loadId, NEVER);
    await ports.running.ended(loadId);
    ports.tellFailed(loadId, error);
  } catch (thrown) {
    ports.tellFailed(loadId, notNow(toAppError(thrown)));
  }
}

function overFor(cause: AppError): AppError {
  switch (cause.code) {
    case 'load.unknown':
      return new AppError({
        code: 'load.not-resumable',
        message: 'A load was cut off when Accession ended, before it had put anything into the database.',
        hint: 'Nothing was written. Load its files again.',
        cause,
      });
    case 'profile.unknown':
      return new AppError({
        code: cause.code,
        message:
          'A load was cut off when Accession ended. It cannot be gone on with: its profile is not there any more.',
        hint: 'What it had written is in the database of that profile. Make a profile for it anew and load the files again: what is there already stays as it is.',
        cause,
      });
    default:
      return cause;
  }
}

function notNow(cause: AppError): AppError {
  return new AppError({
    code: cause.code,
    message: `A load was cut off when Accession ended, and cannot be gone on with at the moment. ${cause.message}`,
    hint: `${cause.hint} It is tried again when Accession is started anew; or resume it from the history.`,
    retryable: cause.retryable,
    // The log wants to know where it began.
    cause: cause.cause ?? cause,
  });
}
