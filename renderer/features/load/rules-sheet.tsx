import { useCallback } from 'react';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { columnsOf } from '../../../shared/records/columns.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Drawer } from '../../components/drawer.tsx';
import { Icon } from '../../components/icon.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { loadTexts } from '../../texts/load.ts';
import { careTexts } from '../../texts/load-care.ts';
import { fileTexts } from '../../texts/load-file.ts';
import { useAction } from './use-action.ts';
import { useAnswer } from './use-answer.ts';

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

  if (answer.kind === 'loading')
    return (
      <div className="skeleton" role="status">
        <span className="hidden-text">{texts.reading}</span>
        <span className="skeleton-row" />
        <span className="skeleton-row" />
      </div>
    );
  if (answer.kind === 'failed')
    return (
      <Banner
        tone="bad"
        title={texts.failedTitle}
        urgent
        actions={<Button onPress={again}>{texts.again}</Button>}
      >
        {answer.failure.message} {answer.failure.hint}
      </Banner>
    );
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
      {failure !== null && (
        <Banner tone="bad" title={loadTexts.failed} urgent>
          {failure.message} {failure.hint}
        </Banner>
      )}
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
                  <span className="soft small">{texts.taught(day(rule.taughtAt))}</span>
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
      title: texts.group(fileTexts.types[type], label),
      rules: rules.filter((rule) => rule.type === type && rule.column === name),
    })),
  ).filter((group) => group.rules.length > 0);
}

function day(iso: string): string {
  return new Date(iso).toLocaleDateString('en-US', { dateStyle: 'medium' });
}
