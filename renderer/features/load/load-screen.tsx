import { useEffect, useRef } from 'react';
import { usePageFiles } from '../../lib/contract-context.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import { useOpenedFiles } from '../../lib/opened-files.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { useFocusLanding } from '../../lib/use-focus-landing.ts';
import { loadTexts } from '../../texts/load.ts';
import { DraftScreen } from './draft-screen.tsx';
import { DropOverlay } from './drop-overlay.tsx';
import { IntakeNotices } from './intake-notices.tsx';
import { NoDraft } from './no-draft.tsx';
import { isTable } from './pasted-cells.ts';
import { StartScreen } from './start-screen.tsx';
import { type Intake, useIntake } from './use-intake.ts';
import { useWindowDrop } from './use-window-drop.ts';
import { useWindowPaste } from './use-window-paste.ts';

/**
 * `#/load`: bring files. `#/load/DRAFT` and `#/load/DRAFT/review`: work on them. Files may be dropped anywhere on
 * it, pasted as cells, or opened from the desktop.
 */
export function LoadScreen() {
  const { place, go } = useNavigation();
  const [draftId = null, part = 'files'] = place.rest;
  const isNone = draftId !== null && !isDraftId(draftId);
  const intake = useIntake(isNone ? null : draftId, (draft) => {
    if (draft.draftId !== draftId) go(addressOf('load', draft.draftId));
  });
  const { isOver } = useBringing(intake);
  useFocusLanding();
  const { dismiss } = intake;
  const isAtFiles = draftId !== null && part === 'files';
  useEffect(() => {
    if (!isAtFiles) dismiss();
  }, [isAtFiles, dismiss]);
  const notices = <IntakeNotices intake={intake} />;
  return (
    <>
      {draftId === null ? (
        <StartScreen intake={intake} notices={notices} />
      ) : isNone ? (
        <NoDraft notices={notices} text={loadTexts.draft.noneText} />
      ) : (
        <DraftScreen key={draftId} draftId={draftId} intake={intake} notices={notices} />
      )}
      {isOver && <DropOverlay adds={draftId !== null && !isNone} />}
    </>
  );
}

const DRAFT_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An address that was mistyped or cut off names no draft, and none has to be asked for. */
function isDraftId(text: string): boolean {
  return DRAFT_ID.test(text);
}

/** The ways in that are open wherever on the screen somebody is. */
function useBringing(intake: Intake): { isOver: boolean } {
  const files = usePageFiles();
  const { say } = usePage();
  const latest = useRef(intake);
  latest.current = intake;

  useWindowPaste((pasted) => {
    const text = pasted.getData('text/plain');
    const [...pastedFiles] = pasted.files;
    if (pastedFiles.length > 0)
      void intake.take((onProgress, signal) => files.take(pastedFiles, onProgress, signal));
    else if (isTable(text)) void intake.takeCells(text);
    else say(loadTexts.paste.notATable, 'bad');
  });
  const openedFiles = useOpenedFiles();
  useEffect(
    () => openedFiles.takeWith((opened) => void latest.current.take(() => Promise.resolve(opened))),
    [openedFiles],
  );
  return useWindowDrop(
    (dropped) => void intake.take((onProgress, signal) => files.takeDropped(dropped, onProgress, signal)),
  );
}
