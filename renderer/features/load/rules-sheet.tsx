import { useCallback } from 'react';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { columnsOf } from '../../../shared/records/columns.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';
import { Button } from '../../components/button.tsx';
import { Drawer } from '../../components/drawer.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { Icon } from '../../components/icon.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { useAction } from '../../lib/use-action.ts';
import { useAnswer } from '../../lib/use-answer.ts';
import { dayOfYear } from '../../texts/amounts.ts';
import { loadTexts } from '../../texts/load.ts';
import { careTexts } from '../../texts/load-care.ts';
import { typeHeading } from '../../texts/records.ts';

const texts = careTexts.rules;

type Rule = OutputOf<'rules.list'>['rules'][number];

/** Every rule that was taught, by kind of file and column, to be looked at and removed. */
export function RulesSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Drawer
      title={texts.title}
      lead={texts.lead}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose}>
          {texts.close}
        </Button>
      }
    >
      <Rules />
    </Drawer>
  );
}

/** Of its own, so that it asks only once the sheet is open. */
function Rules() {
  const contract = useContract();
  const { say } = usePage();
  const { busy, failure, run } = useAction();
  const { answer, again } = useAnswer(
    useCallback(
      async (signal: AbortSignal) => (await contract.request('rules.list', {}, { signal })).rules,
      [contract],
    ),
  );

  async function remove(rules: readonly Rule[]): Promise<void> {
    const ruleIds = rules.map(({ ruleId }) => ruleId);
    const done = await run(() => contract.request('rules.remove', { ruleIds }));
    if (done === null) return;
    say(texts.removed(rules.length));
    again();
  }

  if (answer.kind === 'loading') return <Skeleton words={texts.reading} />;
  if (answer.kind === 'failed')
    return <FailureBanner title={texts.failedTitle} failure={answer.failure} onAgain={again} />;
  if (answer.value.length === 0)
    return (
      <div className="healthy">
        <Icon name="learn" />
        <p className="empty-title">{texts.emptyTitle}</p>
        <p className="soft">{texts.emptyText}</p>
      </div>
    );
  return (
    <>
      {failure !== null && <FailureBanner title={loadTexts.failed} failure={failure} />}
      {groupsOf(answer.value).map(({ title, rules }) => (
        <section key={title} className="rule-group" aria-label={title}>
          <div className="rule-group-heading">
            <h3>{title}</h3>
            {rules.length > 1 && (
              <Button
                look="quiet"
                onPress={() => void remove(rules)}
                isDisabled={busy}
                aria-label={`${title}: ${texts.removeAll(rules.length)}`}
              >
                {texts.removeAll(rules.length)}
              </Button>
            )}
          </div>
          <ul>
            {rules.map((rule) => (
              <li key={rule.ruleId}>
                <span className="rule-words">
                  <span>{rule.label}</span>
                  <span className="soft small">{texts.taught(dayOfYear(new Date(rule.taughtAt)))}</span>
                </span>
                <Button
                  look="quiet"
                  onPress={() => void remove([rule])}
                  isDisabled={busy}
                  aria-label={texts.removeNamed(rule.label)}
                >
                  {texts.remove}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="soft small">{texts.stays}</p>
    </>
  );
}

/** In the order of loading, and in that of the columns as people are told of them. */
function groupsOf(rules: readonly Rule[]): { title: string; rules: Rule[] }[] {
  return RECORD_TYPES.flatMap((type) =>
    columnsOf(type).map(({ name, label }) => ({
      title: texts.group(typeHeading(type), label),
      rules: rules.filter((rule) => rule.type === type && rule.column === name),
    })),
  ).filter((group) => group.rules.length > 0);
}
