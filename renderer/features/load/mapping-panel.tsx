import { useCallback, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Drawer } from '../../components/drawer.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { useAnswer } from '../../lib/use-answer.ts';
import { columnTexts } from '../../texts/load-columns.ts';
import type { FileSheetProps } from './file-props.ts';
import { type ColumnsView, formOf, type MappingForm, mappingOf, problemOf } from './mapping-form.ts';
import { MappingTable } from './mapping-table.tsx';
import { useReading } from './use-reading.tsx';

const texts = columnTexts;

/** Where the values of each column come from, to be looked at and changed. */
export function MappingPanel({ draft, file, onDraft, onClose }: FileSheetProps) {
  const contract = useContract();
  const { say } = usePage();
  const reading = useReading(draft, file, onDraft);
  const { draftId } = draft;
  const { fileNo, name } = file;
  const { answer, again } = useAnswer(
    useCallback(
      (signal: AbortSignal) => contract.request('drafts.columns', { draftId, fileNo }, { signal }),
      [contract, draftId, fileNo],
    ),
  );
  const view = answer.kind === 'ready' ? answer.value : null;
  const start = useMemo(() => (view === null ? null : formOf(view)), [view]);
  const [edited, setEdited] = useState<MappingForm | null>(null);
  const [asked, setAsked] = useState(false);
  const form = edited ?? start;

  async function save(shown: ColumnsView, entries: MappingForm): Promise<void> {
    setAsked(true);
    if (problemCount(shown, entries) > 0) return;
    const read = await reading.read({ mapping: mappingOf(shown, entries) });
    if (read === null) return;
    onClose();
    say(texts.saved(name));
  }
  async function reset(): Promise<void> {
    const read = await reading.read({ mapping: null });
    if (read === null) return;
    onClose();
    say(texts.forgotten(name));
  }

  const problems = view === null || form === null ? 0 : problemCount(view, form);
  return (
    <>
      <Drawer
        title={texts.title(name)}
        lead={texts.lead}
        isOpen
        onClose={onClose}
        wide
        actions={
          <>
            <span className="drawer-actions-start">
              <Button look="quiet" onPress={() => void reset()} isDisabled={view === null || reading.busy}>
                {texts.reset}
              </Button>
            </span>
            {asked && problems > 0 && (
              <span className="drawer-problem" role="alert">
                {texts.problems(problems)}
              </span>
            )}
            <Button onPress={onClose}>{texts.cancel}</Button>
            <Button
              look="primary"
              isDisabled={view === null || reading.busy}
              onPress={() => {
                if (view !== null && form !== null) void save(view, form);
              }}
            >
              {texts.save}
            </Button>
          </>
        }
      >
        {reading.failure !== null && <FailureBanner title={texts.refused} failure={reading.failure} />}
        {answer.kind === 'failed' && (
          <FailureBanner title={texts.failedTitle} failure={answer.failure} onAgain={again} />
        )}
        {answer.kind === 'loading' && <Skeleton words={texts.reading} rows={3} />}
        {view !== null && form !== null && (
          <MappingTable
            view={view}
            form={form}
            showsProblems={asked}
            onEntry={(column, entry) => setEdited({ ...form, [column]: entry })}
          />
        )}
      </Drawer>
      {reading.dialog}
    </>
  );
}

function problemCount({ canonical }: ColumnsView, form: MappingForm): number {
  return canonical.filter((column) => {
    const entry = form[column.column];
    return entry !== undefined && problemOf(column, entry) !== undefined;
  }).length;
}
