import { useState } from 'react';
import type { BulkEditView, DraftFileView } from '../../../../shared/contract/drafts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Select } from '../../../components/select.tsx';
import { TextInput } from '../../../components/text-input.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { CheckRow } from './check-row.tsx';
import { PlanPreview } from './plan-preview.tsx';
import { headingOf } from './use-grid-columns.ts';
import { usePlan } from './use-plan.ts';

/** Replaces a text in one column, after it has shown where. */
export function ReplaceDialog({
  draftId,
  file,
  position,
  onApply,
  onClose,
}: {
  draftId: string;
  file: DraftFileView;
  position: number;
  onApply: (bulk: BulkEditView) => void;
  onClose: () => void;
}) {
  const texts = gridTexts.replace;
  const [column, setColumn] = useState(position);
  const [find, setFind] = useState('');
  const [replacement, setReplacement] = useState('');
  const [whole, setWhole] = useState(false);
  const [matchCase, setMatchCase] = useState(false);
  // An empty text as the whole cell means blank cells, which is a wish of its own.
  const bulk: BulkEditView | null =
    find === '' && !whole ? null : { kind: 'replace', position: column, find, replacement, whole, matchCase };
  const state = usePlan(draftId, file.fileNo, bulk);
  const cells = state.kind === 'known' ? state.plan.cells : 0;
  const heading = headingOf(file.header, column);
  return (
    <Dialog
      title={texts.title}
      isOpen
      wide
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{gridTexts.plan.cancel}</Button>
          <Button
            look="primary"
            isDisabled={bulk === null || cells === 0}
            onPress={() => bulk !== null && onApply(bulk)}
          >
            {gridTexts.plan.apply(cells)}
          </Button>
        </>
      }
    >
      <Select
        label={texts.column}
        value={String(column)}
        groups={[
          {
            title: null,
            options: file.header.map((_, at) => ({ value: String(at), words: headingOf(file.header, at) })),
          },
        ]}
        onChange={(chosen) => setColumn(Number(chosen))}
      />
      <div className="grid-replace-texts">
        <TextInput label={texts.find} value={find} onChange={setFind} autoFocus />
        <TextInput label={texts.replacement} value={replacement} onChange={setReplacement} />
      </div>
      <div className="grid-replace-ways">
        <CheckRow isOn={whole} onChange={setWhole}>
          {texts.whole}
        </CheckRow>
        <CheckRow isOn={matchCase} onChange={setMatchCase}>
          {texts.matchCase}
        </CheckRow>
      </div>
      {bulk === null ? (
        <p className="soft grid-plan">{texts.idle}</p>
      ) : (
        <PlanPreview
          state={state}
          none={texts.none}
          words={(plan) => gridTexts.plan.would(gridTexts.plan.cells(plan.cells), heading)}
        />
      )}
    </Dialog>
  );
}
