import { useEffect, useRef, useState } from 'react';
import type { DraftFileView, RowFilter, RowIssueView } from '../../../../shared/contract/drafts.ts';
import { Icon } from '../../../components/icon.tsx';
import { useContract } from '../../../lib/contract-context.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { isOfHeader } from '../../../texts/grid-issues.ts';
import { groupAria } from './grid-aria.ts';
import type { IssueCount, IssueDeeds } from './issue-deeds.ts';
import { IssueGroup } from './issue-group.tsx';

/** Groups for which a first issue is read, so that a message can be shown; more kinds hardly occur. */
const READ_GROUPS = 40;

/** Every kind of problem of the file, with all of its cases: errors first, then by their number. */
export function IssuePanel({
  draftId,
  file,
  filter,
  isLocked,
  deeds,
}: {
  draftId: string;
  file: DraftFileView;
  /** What the rows are filtered by. */
  filter: RowFilter | null;
  isLocked: boolean;
  deeds: IssueDeeds;
}) {
  const { issues: texts } = gridTexts;
  const sorted = file.issueCounts.toSorted(
    (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || b.count - a.count,
  );
  const ofRows = sorted.filter(({ code, count }) => !isOfHeader(code) && count > 0);
  const ofHeader = sorted.filter(({ code, count }) => isOfHeader(code) && count > 0);
  const firsts = useFirstIssues(draftId, file, [...ofRows, ...ofHeader]);
  const sum = (severity: string): number =>
    ofRows.reduce((all, one) => (one.severity === severity ? all + one.count : all), 0);
  const errors = sum('error');
  const warnings = sum('warning');
  const isEmpty = file.state === 'checked' && file.rows === 0;
  const group = (count: IssueCount) => (
    <IssueGroup
      key={keyOf(count)}
      count={count}
      column={columnName(file, count.column)}
      first={firsts.get(keyOf(count)) ?? null}
      isShown={filter !== null && filter.code === count.code && filter.column === count.column}
      isLocked={isLocked}
      deeds={deeds}
    />
  );
  return (
    <section className="grid-panel" aria-label={texts.label}>
      <header className="grid-panel-head">
        <h3>{texts.title}</h3>
        <p className="small soft">
          {[
            ...(errors > 0 ? [texts.errors(errors)] : []),
            ...(warnings > 0 ? [texts.warnings(warnings)] : []),
          ].join(' · ')}
        </p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reached by the keyboard. */}
      <div className="grid-panel-body" tabIndex={0} {...groupAria(texts.title)}>
        {ofRows.length === 0 && (
          <div className="grid-panel-none">
            <Icon name={isEmpty ? 'file' : 'check'} />
            <p className="empty-title">{isEmpty ? texts.noRows : texts.none}</p>
            <p className="small soft">{isEmpty ? texts.noRowsText : texts.noneText}</p>
          </div>
        )}
        {ofRows.length > 0 && <ul className="grid-groups">{ofRows.map(group)}</ul>}
        {file.state === 'checking' && <p className="small soft grid-panel-note">{texts.checking}</p>}
        {ofHeader.length > 0 && (
          <>
            <h4 className="grid-panel-title">{texts.header}</h4>
            <ul className="grid-groups">{ofHeader.map(group)}</ul>
          </>
        )}
      </div>
    </section>
  );
}

function keyOf({ code, column, severity }: IssueCount): string {
  return `${code} ${column ?? ''} ${severity}`;
}

/** As people call a canonical column of this file; null: the whole row. */
export function columnName(file: DraftFileView, column: string | null): string | null {
  if (column === null) return null;
  const mapped = file.mapped.find((one) => one.column === column);
  if (mapped === undefined) return column;
  const heading = file.header[mapped.position]?.trim() ?? '';
  return heading === '' ? mapped.label : heading;
}

/**
 * The first issue of each group, for its message and whether a click can mend it: once while the file is checked,
 * then whenever the group has become smaller or larger, since another issue may be its first.
 */
function useFirstIssues(
  draftId: string,
  { fileNo, state }: DraftFileView,
  counts: readonly IssueCount[],
): ReadonlyMap<string, RowIssueView> {
  const contract = useContract();
  const [firsts, setFirsts] = useState<ReadonlyMap<string, RowIssueView>>(new Map());
  const wanted = counts.slice(0, READ_GROUPS);
  const sizeOf = ({ count }: IssueCount): number => (state === 'checking' ? -1 : count);
  /** How large each group was when its first issue was read. */
  const read = useRef<{ fileNo: number; sizes: Map<string, number> }>({ fileNo, sizes: new Map() });
  const key = wanted
    .map((count) => `${keyOf(count)} ${sizeOf(count)}`)
    .toSorted()
    .join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the groups and their sizes.
  useEffect(() => {
    const stop = new AbortController();
    if (read.current.fileNo !== fileNo) read.current = { fileNo, sizes: new Map() };
    const { sizes } = read.current;
    const unread = wanted.filter((count) => sizes.get(keyOf(count)) !== sizeOf(count));
    void Promise.all(
      unread.map(async (count) => {
        const { code, column, severity } = count;
        const input = { draftId, fileNo, code, column, severity, offset: 0, limit: 1 };
        const { issues } = await contract.request('drafts.issues', input, { signal: stop.signal });
        const [first] = issues;
        if (first === undefined || stop.signal.aborted) return;
        sizes.set(keyOf(count), sizeOf(count));
        setFirsts((before) => new Map(before).set(keyOf(count), first));
      }),
      // Without messages the groups still have their names.
    ).catch(() => {});
    return () => stop.abort();
  }, [contract, draftId, fileNo, key]);
  return firsts;
}
