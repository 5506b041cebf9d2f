import { useCallback, useState } from 'react';
import type { z } from 'zod';
import type { BulkEditView, DraftView, damageFindingSchema } from '../../../shared/contract/drafts.ts';
import { Button } from '../../components/button.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { Icon } from '../../components/icon.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { useAction } from '../../lib/use-action.ts';
import { useAnswer } from '../../lib/use-answer.ts';
import { careTexts } from '../../texts/load-care.ts';

const texts = careTexts.doctor;
const TONES = { proved: 'good', suggested: 'warn', lost: 'bad' } as const;

export type DamageFinding = z.output<typeof damageFindingSchema>;

interface FindingProps {
  draft: DraftView;
  fileNo: number;
  finding: DamageFinding;
  onDraft: (draft: DraftView) => void;
}

/** One finding of the damage doctor: what happened, examples, and what can be done about it. */
export function DamageCard({ draft, fileNo, finding, onDraft }: FindingProps) {
  const { certainty, title, explanation, advice, examples, position, kind } = finding;
  const id = `damage-${position}-${kind}`;
  return (
    <section className="damage" aria-labelledby={id}>
      <div className="damage-heading">
        <h3 id={id}>{title}</h3>
        <span className="tag" data-tone={TONES[certainty]}>
          {texts.certainty[certainty]}
        </span>
      </div>
      <p>{explanation}</p>
      {examples.length > 0 && (
        <table className="examples">
          <caption className="hidden-text">{texts.examples}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.row}</th>
              <th scope="col">{texts.before}</th>
              <th scope="col">{texts.after}</th>
            </tr>
          </thead>
          <tbody>
            {examples.map(({ row, before, after }) => (
              <tr key={row}>
                <td className="soft">{row}</td>
                <td className="example-before">{before}</td>
                <td>{after === null ? <span className="soft">{texts.lost}</span> : <b>{after}</b>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {advice !== '' && (
        <p className="small">
          <span className="damage-advice">{texts.advice}:</span> {advice}
        </p>
      )}
      {finding.onItsOwn ? (
        <p className="mark" data-tone="good">
          <Icon name="check" /> {texts.onItsOwn}
        </p>
      ) : finding.repairable && draft.loading === null ? (
        <Repair draft={draft} fileNo={fileNo} finding={finding} onDraft={onDraft} />
      ) : finding.repairable ? null : (
        <p className="mark">
          <Icon name="skip" /> {texts.nothing}
        </p>
      )}
    </section>
  );
}

/** Says how many cells a repair would change before it does it, and takes it back on the spot. */
function Repair({ draft, fileNo, finding, onDraft }: FindingProps) {
  const contract = useContract();
  const { say } = usePage();
  const { busy, failure, run } = useAction();
  const [done, setDone] = useState<{ label: string; cells: number } | null>(null);
  const { draftId, revision } = draft;
  const { position, kind, heading } = finding;
  const { answer: plan } = useAnswer(
    // biome-ignore lint/correctness/useExhaustiveDependencies: each revision may leave another count
    useCallback(
      async (signal: AbortSignal) => {
        const bulk: BulkEditView = { kind: 'repair', position, damage: kind };
        return (await contract.request('drafts.plan', { draftId, fileNo, bulk }, { signal })).cells;
      },
      [contract, draftId, fileNo, position, kind, revision],
    ),
  );

  async function putRight(): Promise<void> {
    const bulk: BulkEditView = { kind: 'repair', position, damage: kind };
    const answer = await run(() => contract.request('drafts.apply', { draftId, fileNo, bulk }));
    if (answer === null) return;
    onDraft(answer.draft);
    setDone(answer.outcome);
    if (answer.outcome !== null) say(texts.done(answer.outcome.cells));
  }
  async function undo(): Promise<void> {
    const answer = await run(() => contract.request('drafts.undo', { draftId }));
    if (answer === null) return;
    onDraft(answer.draft);
    setDone(null);
    say(texts.undone);
  }

  // Only while it is what Undo would take back: something else may have been done since.
  const undoes = done !== null && draft.undo === done.label;
  return (
    <div className="damage-actions">
      {done !== null ? (
        <>
          <p className="mark" data-tone="good" role="status">
            <Icon name="check" /> {texts.done(done.cells)}
          </p>
          {undoes && (
            <Button onPress={() => void undo()} isDisabled={busy} aria-label={`${texts.undo}: ${heading}`}>
              {texts.undo}
            </Button>
          )}
        </>
      ) : plan.kind === 'ready' && plan.value === 0 ? (
        <p className="soft">{texts.nothingLeft}</p>
      ) : (
        <>
          <Button look="primary" onPress={() => void putRight()} isDisabled={busy || plan.kind === 'loading'}>
            {plan.kind === 'loading'
              ? texts.counting
              : texts.putRight(plan.kind === 'ready' ? plan.value : finding.cells)}
          </Button>
          <span className="soft small">{texts.undoHint}</span>
        </>
      )}
      {failure !== null && <FailureBanner title={texts.failed} failure={failure} />}
    </div>
  );
}
