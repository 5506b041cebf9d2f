import { type ReactNode, useState } from 'react';
import type { DraftFileView, DraftView } from '../../../shared/contract/drafts.ts';
import type { InputOf } from '../../../shared/contract/routes.ts';
import { AppError } from '../../../shared/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';
import { usePage } from '../../lib/page-context.tsx';
import { fileTexts } from '../../texts/load-file.ts';
import { typeHeading } from '../../texts/records.ts';

const texts = fileTexts.loseEdits;

/** What of `drafts.read` says how; what is left out stays as it is. */
export type ReadingChange = Omit<InputOf<'drafts.read'>, 'draftId' | 'fileNo' | 'loseEdits'>;

export interface Reading {
  busy: boolean;
  failure: Failure | null;
  /**
   * Resolves with the draft as it is then, or null where it failed (`failure` says why; the status bar, too) or was
   * not wanted any more: where edits would go, the person is asked first.
   */
  read: (change: ReadingChange) => Promise<DraftView | null>;
  /** To be put somewhere on the page. */
  dialog: ReactNode;
}

interface Question {
  answer: (loses: boolean) => void;
}

/** Reads a file in another way. */
export function useReading(
  draft: DraftView,
  file: DraftFileView,
  onDraft: (draft: DraftView) => void,
): Reading {
  const contract = useContract();
  const { say } = usePage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);

  async function request(change: ReadingChange, loseEdits: boolean): Promise<DraftView> {
    const { draft: read } = await contract.request('drafts.read', {
      draftId: draft.draftId,
      fileNo: file.fileNo,
      ...change,
      loseEdits,
    });
    return read;
  }
  async function requestOrAsk(change: ReadingChange): Promise<DraftView | null> {
    try {
      return await request(change, false);
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'draft.edits-lost')) throw thrown;
      const loses = await new Promise<boolean>((answer) => setQuestion({ answer }));
      setQuestion(null);
      return loses ? request(change, true) : null;
    }
  }

  return {
    busy,
    failure,
    async read(change) {
      setBusy(true);
      setFailure(null);
      try {
        const changed = await requestOrAsk(change);
        if (changed === null) return null;
        onDraft(changed);
        if (change.type !== undefined) say(fileTexts.typeChanged(file.name, typeHeading(change.type)));
        return changed;
      } catch (thrown) {
        const refused = failureOf(thrown);
        setFailure(refused);
        say(`${refused.message} ${refused.hint}`, 'bad');
        return null;
      } finally {
        setBusy(false);
      }
    },
    dialog: (
      <Dialog
        role="alertdialog"
        title={texts.title}
        isOpen={question !== null}
        onClose={() => question?.answer(false)}
        actions={
          <>
            <Button onPress={() => question?.answer(false)} autoFocus>
              {texts.keep}
            </Button>
            <Button look="danger" onPress={() => question?.answer(true)}>
              {texts.lose}
            </Button>
          </>
        }
      >
        <p>{texts.text(file.name, file.editedCells)}</p>
      </Dialog>
    ),
  };
}
