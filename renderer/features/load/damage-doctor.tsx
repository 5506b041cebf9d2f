import { useCallback } from 'react';
import { Button } from '../../components/button.tsx';
import { Drawer } from '../../components/drawer.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { Icon } from '../../components/icon.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { useAnswer } from '../../lib/use-answer.ts';
import { careTexts } from '../../texts/load-care.ts';
import { DamageCard } from './damage-card.tsx';
import type { FileSheetProps } from './file-props.ts';

const texts = careTexts.doctor;

/** What spreadsheets did to a file, column by column, and how it is put right. */
export function DamageDoctor({ draft, file, onDraft, onClose }: FileSheetProps) {
  const contract = useContract();
  const { draftId } = draft;
  const { fileNo } = file;
  // Asked once: a finding that was put right stays in sight, with what became of it.
  const { answer, again } = useAnswer(
    useCallback(
      async (signal: AbortSignal) =>
        (await contract.request('drafts.damage', { draftId, fileNo }, { signal })).findings,
      [contract, draftId, fileNo],
    ),
  );
  return (
    <Drawer
      title={texts.title(file.name)}
      lead={texts.lead}
      isOpen
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose}>
          {texts.close}
        </Button>
      }
    >
      {answer.kind === 'loading' && <Skeleton words={texts.looking} />}
      {answer.kind === 'failed' && (
        <FailureBanner title={texts.failedTitle} failure={answer.failure} onAgain={again} />
      )}
      {answer.kind === 'ready' && answer.value.length === 0 && (
        <div className="healthy">
          <Icon name="check" />
          <p className="empty-title">{texts.healthyTitle}</p>
          <p className="soft">{texts.healthyText}</p>
        </div>
      )}
      {answer.kind === 'ready' &&
        answer.value.map((finding) => (
          <DamageCard
            key={`${finding.position} ${finding.kind}`}
            draft={draft}
            fileNo={fileNo}
            finding={finding}
            onDraft={onDraft}
          />
        ))}
    </Drawer>
  );
}
