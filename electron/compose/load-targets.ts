import { AppError, toAppError, traceOf } from '../../shared/errors.ts';
import type { LoadTarget, TargetSafety } from '../application/loads/load-target.ts';
import { type Composition, compose } from './compose.ts';
import { chooseProfile, homeDirOf, type Profile, readProcessEnvironment } from './profile.ts';
import { savedProfile } from './saved-profile.ts';
import type { Settings } from './settings.ts';
import type { StartFaiss } from './vector-store.ts';

interface Held {
  composition: Promise<Composition>;
  holders: number;
}

export interface LoadTargetsOptions {
  settings: Settings;
  variables: Readonly<Record<string, string | undefined>>;
  notify(notice: string): void;
  startFaiss?: StartFaiss | undefined;
  /** Where loads go that name no profile; whoever composed it closes it. Left out: the built-in sandbox. */
  own?: Composition | undefined;
  /** For tests. */
  composing?: typeof compose;
}

const SANDBOX = 'sandbox';

/** As in a new profile (shared/settings/profile.ts). */
const CONFIRM_ABOVE_ROWS = 1_000;

/**
 * Opens profiles for loads, each once however many use it at the same time: a sandbox's database takes one
 * opener only, and a pool of connections serves several loads as well as one.
 */
export function createLoadTargets(
  options: LoadTargetsOptions,
): (profileId: string | null) => Promise<LoadTarget> {
  const { settings, variables, notify, startFaiss, own: ownComposition, composing = compose } = options;
  const held = new Map<string, Held>();
  const closing = new Map<string, Promise<void>>();
  const ownPlace = ownComposition === undefined ? SANDBOX : placeOf(ownComposition);

  const open = async (profileId: string | null): Promise<Composition> => {
    if (profileId === null) return composing(chooseProfile(variables, 'sandbox'), notify, startFaiss);
    const saved = (await settings.profiles.read(new AbortController().signal)).profiles[profileId];
    if (saved === undefined) throw unknownProfile();
    const environment = readProcessEnvironment(variables);
    const parts = { environment, homeDir: homeDirOf(variables), secrets: settings.secrets };
    return composing(savedProfile(saved, parts), notify, startFaiss);
  };

  /** Whoever opens it next must wait: closing takes its time, and a sandbox's database takes one opener only. */
  const close = async (place: string, { composition }: Held): Promise<void> => {
    const closed = composition
      .then((opened) => opened.close())
      .catch((thrown: unknown) => {
        // Not opened, or not closed well: neither must keep the next one from trying.
        if (thrown instanceof AppError) return;
        notify(`A profile was not closed as it should be: ${traceOf(toAppError(thrown))}`);
      });
    closing.set(place, closed);
    await closed;
    if (closing.get(place) === closed) closing.delete(place);
  };

  return async (profileId) => {
    const place = profileId ?? ownPlace;
    if (ownComposition !== undefined && place === ownPlace)
      return targetOf(profileId, place, ownComposition, async () => undefined);
    const own = held.get(place) ?? {
      composition: (closing.get(place) ?? Promise.resolve()).then(() => open(profileId)),
      holders: 0,
    };
    held.set(place, own);
    own.holders += 1;
    let released = false;
    const release = async (): Promise<void> => {
      if (released) return;
      released = true;
      own.holders -= 1;
      if (own.holders > 0) return;
      held.delete(place);
      await close(place, own);
    };
    try {
      return targetOf(profileId, place, await own.composition, release);
    } catch (thrown) {
      await release();
      throw thrown;
    }
  };
}

function placeOf({ profile }: Composition): string {
  return profile.saved?.id ?? profile.kind;
}

function targetOf(
  profileId: string | null,
  place: string,
  composition: Composition,
  release: () => Promise<void>,
): LoadTarget {
  return {
    profileId,
    place,
    name: composition.profile.name,
    safety: safetyOf(composition.profile),
    tuning: composition.tuning,
    ports: (needs) => composition.loadPorts(needs),
    optionsOf: (loadId, signal) => composition.loadOptions(loadId, signal),
    release,
  };
}

/** Of what the environment names nobody has said what it is: it is taken for production. */
export function safetyOf({ kind, saved }: Profile): TargetSafety {
  if (saved !== null) {
    const { readOnly, rehearseFirst, confirmAboveRows } = saved;
    return { kind: saved.kind, readOnly, rehearseFirst, confirmAboveRows };
  }
  const isSandbox = kind === 'sandbox';
  return {
    kind: isSandbox ? 'sandbox' : 'production',
    readOnly: false,
    rehearseFirst: false,
    confirmAboveRows: CONFIRM_ABOVE_ROWS,
  };
}

function unknownProfile(): AppError {
  return new AppError({
    code: 'profile.unknown',
    message: 'The profile that was chosen is not there any more.',
    hint: 'Choose another one; it may have been removed in another window.',
  });
}
