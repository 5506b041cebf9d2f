import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { DraftRowView, RowIssueView } from '../../../../shared/contract/drafts.ts';
import { Button } from '../../../components/button.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { type CellMarks, shownText } from './cell-marks.ts';
import { groupAria } from './grid-aria.ts';
import { MarkIcon } from './mark-icon.tsx';

export interface NoteActions {
  take: (issue: RowIssueView) => void;
  takeAll: (issue: RowIssueView) => void;
  restore: () => void;
  leaveOut: (skipped: boolean) => void;
}

/**
 * What is to be said of a cell, beside it: what is wrong, what can be done about it, what the file has. It takes no
 * focus by itself; Tab leads into it from the cell, Escape back.
 */
export function CellNote({
  title,
  element,
  row,
  marks,
  alike,
  isLocked,
  actions,
  onLeave,
  pointer,
}: {
  title: string;
  /** The cell. */
  element: HTMLElement;
  row: DraftRowView;
  marks: CellMarks;
  /** How many rows have the same problem in the same column. */
  alike: (issue: RowIssueView) => number;
  isLocked: boolean;
  actions: NoteActions;
  onLeave: () => void;
  pointer: { onPointerEnter: () => void; onPointerLeave: () => void };
}) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const own = box.current?.getBoundingClientRect();
    if (own === undefined) return;
    const cell = element.getBoundingClientRect();
    const under = cell.bottom + 4;
    const top = under + own.height > window.innerHeight - 8 ? cell.top - own.height - 4 : under;
    const left = Math.max(8, Math.min(cell.left, window.innerWidth - own.width - 8));
    setPlace((before) =>
      before?.left === left && before.top === top ? before : { left, top: Math.max(8, top) },
    );
  });
  const skipped = row.state === 'skipped';
  const isWrong = marks.issues.some(({ severity }) => severity === 'error');

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  }
  return (
    <div
      ref={box}
      {...groupAria(gridTexts.message.label(title))}
      className="grid-note"
      style={place ?? { left: 0, top: 0, visibility: 'hidden' }}
      {...pointer}
      {...{ onKeyDown }}
    >
      {skipped && (
        <p className="grid-note-line">
          <MarkIcon mark="skipped" />
          <span>{gridTexts.message.skipped}</span>
        </p>
      )}
      {marks.issues.map((issue) => (
        <Problem
          key={`${issue.code} ${issue.message}`}
          issue={issue}
          alike={alike(issue)}
          isLocked={isLocked || skipped}
          actions={actions}
        />
      ))}
      {(marks.original !== null || marks.coerced !== null) && (
        <dl className="grid-note-facts">
          {marks.original !== null && (
            <div>
              <dt>{gridTexts.message.inFile}</dt>
              <dd>{textOrBlank(marks.original)}</dd>
            </div>
          )}
          {marks.coerced !== null && (
            <div>
              <dt>{gridTexts.message.loadedAs}</dt>
              <dd>{textOrBlank(marks.coerced)}</dd>
            </div>
          )}
        </dl>
      )}
      {!isLocked && (marks.original !== null || isWrong || skipped) && (
        <div className="grid-note-rest">
          {marks.original !== null && (
            <Button look="quiet" onPress={actions.restore}>
              {gridTexts.message.restore}
            </Button>
          )}
          {(isWrong || skipped) && (
            <Button look="quiet" onPress={() => actions.leaveOut(!skipped)}>
              {skipped ? gridTexts.message.takeBack : gridTexts.message.leaveOut}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function textOrBlank(text: string) {
  return text === '' ? <i>{gridTexts.blank}</i> : shownText(text);
}

function Problem({
  issue,
  alike,
  isLocked,
  actions,
}: {
  issue: RowIssueView;
  alike: number;
  isLocked: boolean;
  actions: NoteActions;
}) {
  const { suggestion, severity, message } = issue;
  const value = suggestion?.value ?? null;
  return (
    <div className="grid-note-problem">
      <p className="grid-note-line" data-severity={severity}>
        <MarkIcon mark={severity} />
        <span>
          <span className="hidden-text">
            {severity === 'error' ? gridTexts.issues.error : gridTexts.issues.warning}:{' '}
          </span>
          {message}
        </span>
      </p>
      {suggestion !== null && <p className="grid-note-advice">{suggestion.label}</p>}
      {value !== null && !isLocked && (
        <div className="grid-note-actions">
          <Button look="primary" onPress={() => actions.take(issue)}>
            {gridTexts.message.take(shownText(value).slice(0, 40))}
            <kbd className="grid-keys-on">{gridTexts.message.takeKeys}</kbd>
          </Button>
          {alike > 1 && (
            <Button onPress={() => actions.takeAll(issue)}>{gridTexts.message.takeAll(alike)}</Button>
          )}
        </div>
      )}
    </div>
  );
}
