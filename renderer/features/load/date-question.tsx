import { useCallback } from 'react';
import type { DraftFileView } from '../../../shared/contract/drafts.ts';
import type { DateOrder } from '../../../shared/records/types.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { LandingHeading } from '../../components/landing-heading.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { useAnswer } from '../../lib/use-answer.ts';
import { careTexts } from '../../texts/load-care.ts';
import { dateExample } from './date-example.ts';
import type { FileProps } from './file-props.ts';
import { useReading } from './use-reading.tsx';

const texts = careTexts.dates;
/** Cells among which an example is looked for. */
const CELLS = 50;

/** Asks once how the dates of a column are written, with a date of the file itself as the example. */
export function DateQuestion({
  draft,
  file,
  question,
  onDraft,
}: FileProps & { question: DraftFileView['dateOrders'][number] }) {
  const reading = useReading(draft, file, onDraft);
  const { draftId } = draft;
  const { fileNo } = file;
  const of = file.dateOrders.length;
  const contract = useContract();
  const { say } = usePage();
  const { column, heading, evidence } = question;
  const { answer: cells } = useAnswer(
    useCallback(
      async (signal: AbortSignal) => {
        const { issues } = await contract.request(
          'drafts.issues',
          { draftId, fileNo, code: 'value.date-order', column, offset: 0, limit: CELLS },
          { signal },
        );
        return issues.map(({ value }) => value);
      },
      [contract, draftId, fileNo, column],
    ),
  );
  // Neither while it is looked for nor where it is not found does the question wait for it.
  const { text, monthFirst, dayFirst } = dateExample(cells.kind === 'ready' ? cells.value : []);
  const likely: DateOrder | null =
    evidence.monthFirst > 0 === evidence.dayFirst > 0
      ? null
      : evidence.monthFirst > 0
        ? 'month-first'
        : 'day-first';

  async function answer(order: DateOrder): Promise<void> {
    const read = await reading.read({ dateOrders: { [column]: order } });
    if (read !== null) say(texts.answered(heading));
  }
  const choice = (order: DateOrder, words: string) => (
    <Button
      look={likely === order ? 'primary' : 'plain'}
      isPending={reading.busy}
      onPress={() => void answer(order)}
    >
      {words}
      {likely === order && <span className="date-probably"> ({texts.probably})</span>}
    </Button>
  );
  return (
    <section className="date-question" aria-labelledby={`date-question-${column}`}>
      <Icon name="info" />
      <div className="date-question-words">
        <LandingHeading level={3} id={`date-question-${column}`}>
          {texts.title(heading)} {of > 1 && <span className="tag">{texts.count(of)}</span>}
        </LandingHeading>
        <p>{texts.example(text, monthFirst, dayFirst)}</p>
        <p className="soft small">
          {texts.evidence(evidence)} {texts.remembered}
        </p>
        <div className="date-question-actions">
          {choice('month-first', texts.monthFirst(monthFirst))}
          {choice('day-first', texts.dayFirst(dayFirst))}
        </div>
        {reading.failure !== null && (
          <p className="field-error" role="alert">
            {reading.failure.message} {reading.failure.hint}
          </p>
        )}
      </div>
      {reading.dialog}
    </section>
  );
}
