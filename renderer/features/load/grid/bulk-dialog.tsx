import { useState } from 'react';
import type { BulkEditView } from '../../../../shared/contract/drafts.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { CheckRow } from './check-row.tsx';
import { PlanPreview } from './plan-preview.tsx';
import { usePlan } from './use-plan.ts';

type Suggestions = Extract<BulkEditView, { kind: 'suggestions' }>;
type Skip = Extract<BulkEditView, { kind: 'skip' }>;

/** Something that is to be done in many rows at once. `alike`: the text of the cell from which it was asked for. */
export interface BulkWish {
  bulk: Suggestions | Skip;
  /** In words: "Not a number in Grade". */
  problem: string;
  column: string;
  /** How many cells have the problem: not each of them has a suggestion. */
  cases: number;
  alike: string | null;
}

/** Shows what would be done in how many cells, and does it. */
export function BulkDialog({
  draftId,
  fileNo,
  wish,
  onApply,
  onClose,
}: {
  draftId: string;
  fileNo: number;
  wish: BulkWish;
  onApply: (bulk: BulkEditView, teach: boolean) => void;
  onClose: () => void;
}) {
  const { plan: texts } = gridTexts;
  const [onlyAlike, setOnlyAlike] = useState(false);
  const [teach, setTeach] = useState(false);
  const bulk: BulkEditView =
    wish.bulk.kind === 'suggestions' ? { ...wish.bulk, value: onlyAlike ? wish.alike : null } : wish.bulk;
  const state = usePlan(draftId, fileNo, bulk);
  const plan = state.kind === 'known' ? state.plan : null;
  const cells = plan?.cells ?? 0;
  const rules = plan?.rules ?? [];
  return (
    <Dialog
      title={bulk.kind === 'skip' ? texts.skipTitle : texts.applyTitle}
      isOpen
      wide
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{texts.cancel}</Button>
          <Button
            look="primary"
            isDisabled={cells === 0}
            onPress={() => onApply(bulk, teach && rules.length > 0)}
          >
            {bulk.kind === 'skip' ? texts.applySkip(cells) : texts.apply(cells)}
          </Button>
        </>
      }
    >
      <p className="soft">{wish.problem}</p>
      {bulk.kind === 'suggestions' && wish.alike !== null && wish.alike !== '' && (
        <Choice
          label={texts.scope}
          look="rows"
          value={onlyAlike ? 'alike' : 'all'}
          onChange={(value) => setOnlyAlike(value === 'alike')}
          options={[
            { value: 'all', words: texts.everywhere(wish.column) },
            { value: 'alike', words: texts.alike, hint: wish.alike },
          ]}
        />
      )}
      <PlanPreview
        state={state}
        none={texts.none}
        words={(known) =>
          bulk.kind === 'skip'
            ? texts.wouldSkip(known.cells)
            : texts.would(texts.cells(known.cells), wish.column)
        }
      />
      {bulk.kind === 'suggestions' && !onlyAlike && cells > 0 && cells < wish.cases && (
        <p className="soft">{texts.others(wish.cases - cells)}</p>
      )}
      {rules.length > 0 && (
        <div className="grid-teach">
          <CheckRow isOn={teach} onChange={setTeach}>
            {texts.teach}
          </CheckRow>
          <p className="hint">{texts.teachHint}</p>
          <ul className="plain-list grid-rules">
            {rules.slice(0, SHOWN_RULES).map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
            {rules.length > SHOWN_RULES && <li className="soft">{texts.more(rules.length - SHOWN_RULES)}</li>}
          </ul>
        </div>
      )}
    </Dialog>
  );
}

const SHOWN_RULES = 6;
