import type { RowIssueView } from '../../../../shared/contract/drafts.ts';
import { Button } from '../../../components/button.tsx';
import { ActionMenu } from '../../../components/menu.tsx';
import { digits, gridTexts } from '../../../texts/grid.ts';
import { isOfHeader, issueTitles } from '../../../texts/grid-issues.ts';
import type { IssueCount, IssueDeeds } from './issue-deeds.ts';
import { MarkIcon } from './mark-icon.tsx';

/** Cells that can be emptied from here: they are edited one by one, as one operation. */
const MOST_BLANKED = 10_000;

export function IssueGroup({
  count,
  column,
  first,
  isShown,
  isLocked,
  deeds,
}: {
  count: IssueCount;
  column: string | null;
  first: RowIssueView | null;
  isShown: boolean;
  isLocked: boolean;
  deeds: IssueDeeds;
}) {
  const { issues: texts } = gridTexts;
  const { code, severity } = count;
  const ofHeader = isOfHeader(code);
  const name = issueTitles[code];
  const title = `${name} ${column === null ? texts.wholeRow : texts.inColumn(column)}`;
  const canSuggest = first !== null && first.suggestion !== null && first.suggestion.value !== null;
  const words = (
    <>
      <MarkIcon mark={severity} />
      <span className="grid-group-name">
        <span className="hidden-text">{severity === 'error' ? texts.error : texts.warning}: </span>
        <b>{name}</b>
        {!ofHeader && (
          <span className="grid-group-column">
            {' '}
            {column === null ? texts.wholeRow : texts.inColumn(column)}
          </span>
        )}
      </span>
      <span className="grid-group-count">{digits(count.count)}</span>
    </>
  );
  return (
    <li className={`grid-group${isShown ? ' grid-group-shown' : ''}`} data-severity={severity}>
      {ofHeader ? (
        <div className="grid-group-head">{words}</div>
      ) : (
        <button
          type="button"
          className="grid-group-head grid-group-button"
          aria-pressed={isShown}
          title={texts.show(title)}
          onClick={() =>
            deeds.show({
              show: severity === 'error' ? 'errors' : 'warnings',
              code,
              column: count.column,
            })
          }
        >
          {words}
        </button>
      )}
      {first !== null && <p className="grid-group-message">{first.message}</p>}
      {!ofHeader && (
        <div className="grid-group-actions">
          {canSuggest && !isLocked && (
            <Button onPress={() => deeds.apply(count)}>{texts.suggestion(count.count)}</Button>
          )}
          <Button look="quiet" onPress={() => deeds.goToFirst(count)}>
            {texts.first}
          </Button>
          {!isLocked && (
            <ActionMenu
              label={texts.more(title)}
              actions={[
                ...(count.column !== null
                  ? [{ id: 'apply', words: texts.apply, run: () => deeds.apply(count) }]
                  : []),
                ...(count.column !== null && count.count <= MOST_BLANKED && code !== 'value.required'
                  ? [{ id: 'blank', words: texts.blank, run: () => deeds.blank(count) }]
                  : []),
                ...(severity === 'error'
                  ? [{ id: 'skip', words: texts.skip, danger: true, run: () => deeds.skip(count) }]
                  : []),
              ]}
            />
          )}
        </div>
      )}
    </li>
  );
}
