import { useCallback } from 'react';
import type { DraftFileView, DraftView } from '../../../shared/contract/drafts.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Drawer } from '../../components/drawer.tsx';
import { Icon } from '../../components/icon.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { careTexts } from '../../texts/load-care.ts';
import { DamageCard } from './damage-card.tsx';
import { useAnswer } from './use-answer.ts';

const texts = careTexts.doctor;

/** What spreadsheets did to a file, column by column, and how it is put right. */
export function DamageDoctor({
  draft,
  file,
  onDraft,
  onClose,
}: {
  draft: DraftView;
  file: DraftFileView;
  onDraft: (draft: DraftView) => void;
  onClose: () => void;
}) {
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
      {answer.kind === 'loading' && (
        <div className="skeleton" role="status">
          <span className="hidden-text">{texts.looking}</span>
          <span className="skeleton-row" />
          <span className="skeleton-row" />
        </div>
      )}
      {answer.kind === 'failed' && (
        <Banner
          tone="bad"
          title={texts.failedTitle}
          urgent
          actions={<Button onPress={again}>{texts.again}</Button>}
        >
          {answer.failure.message} {answer.failure.hint}
        </Banner>
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
