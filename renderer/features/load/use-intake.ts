import { useCallback, useRef, useState } from 'react';
import { PASTED_CHARS } from '../../../shared/contract/draft-file-routes.ts';
import type { DraftView } from '../../../shared/contract/drafts.ts';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { AppError } from '../../../shared/errors.ts';
import { useContract } from '../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';
import { usePage } from '../../lib/page-context.tsx';
import type { FilesProgress, RefusedFile, TakenFiles } from '../../lib/page-files.ts';
import { loadTexts } from '../../texts/load.ts';

export type Merge = OutputOf<'drafts.add'>['merged'][number];

/** Brings files from a person to Accession, as one of the ways of PageFiles does. */
export type Bring = (
  onProgress: (progress: FilesProgress) => void,
  signal: AbortSignal,
) => Promise<TakenFiles>;

export interface Intake {
  /** Null: nothing is under way. `progress` null: it has just begun. */
  taking: { progress: FilesProgress | null } | null;
  refused: readonly RefusedFile[];
  merged: readonly Merge[];
  failure: Failure | null;
  /** Opens what is brought as a draft, or adds it to the one that is open. */
  take: (bring: Bring) => Promise<void>;
  /** The same with cells that were pasted: they become a file of their own. */
  takeCells: (text: string) => Promise<void>;
  /** Opens the sample term as a draft. */
  openSamples: () => Promise<void>;
  stop: () => void;
  dismiss: () => void;
}

/**
 * Files on their way into a draft: `draftId`, or null for a new one, which `onDraft` is called with. One portion
 * at a time: what is brought meanwhile is not taken.
 */
export function useIntake(draftId: string | null, onDraft: (draft: DraftView) => void): Intake {
  const contract = useContract();
  const { say } = usePage();
  const [taking, setTaking] = useState<Intake['taking']>(null);
  const [outcome, setOutcome] = useState<Pick<Intake, 'refused' | 'merged' | 'failure'>>(NOTHING);
  const running = useRef<AbortController | null>(null);

  const underWay = useCallback(
    async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
      if (running.current !== null) return say(loadTexts.taking.busy, 'bad');
      const own = new AbortController();
      running.current = own;
      setOutcome(NOTHING);
      try {
        await work(own.signal);
      } catch (thrown) {
        if (own.signal.aborted) say(loadTexts.taking.stopped);
        else setOutcome((before) => ({ ...before, failure: failureOf(thrown) }));
      } finally {
        running.current = null;
        setTaking(null);
      }
    },
    [say],
  );

  const take = (bring: Bring): Promise<void> =>
    underWay(async (signal) => {
      const { files, refused } = await bring((progress) => setTaking({ progress }), signal);
      setOutcome({ ...NOTHING, refused });
      if (files.length === 0) return;
      setTaking({ progress: null });
      const ids = files.map(({ id }) => id);
      if (draftId === null) {
        const { defaultId } = await contract.request('profiles.list', {}, { signal });
        const { draft, merged } = await contract.request(
          'drafts.open',
          { profileId: defaultId, files: ids },
          { signal },
        );
        setOutcome({ ...NOTHING, refused, merged });
        if (merged.length === 0) say(loadTexts.taking.opened(files.length));
        onDraft(draft);
        return;
      }
      const { draft, merged } = await contract.request('drafts.add', { draftId, files: ids }, { signal });
      setOutcome({ ...NOTHING, refused, merged });
      const added = files.length - merged.length;
      if (added > 0) say(loadTexts.taking.added(added));
      onDraft(draft);
    });

  const takeCells = (text: string): Promise<void> =>
    underWay(async (signal) => {
      setTaking({ progress: null });
      if (text.length > PASTED_CHARS) throw tooMuchPasted();
      const { defaultId } = await contract.request('profiles.list', {}, { signal });
      const { draft } = await contract.request(
        'drafts.paste',
        { draftId, profileId: defaultId, text },
        { signal },
      );
      say(draftId === null ? loadTexts.taking.opened(1) : loadTexts.taking.added(1));
      onDraft(draft);
    });

  const openSamples = (): Promise<void> =>
    underWay(async (signal) => {
      setTaking({ progress: null });
      // Made-up books belong into nobody's catalog: always the sandbox.
      const { draft } = await contract.request('drafts.openSamples', { profileId: null }, { signal });
      onDraft(draft);
    });

  return {
    taking,
    ...outcome,
    take,
    takeCells,
    openSamples,
    stop: () => running.current?.abort(),
    dismiss: useCallback(() => setOutcome(NOTHING), []),
  };
}

function tooMuchPasted(): AppError {
  return new AppError({ code: 'file.too-large', ...loadTexts.paste.tooMuch });
}

const NOTHING: Pick<Intake, 'refused' | 'merged' | 'failure'> = { refused: [], merged: [], failure: null };
