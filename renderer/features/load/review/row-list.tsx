import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Change, ReviewRow } from '../../../../shared/contract/draft-review.ts';
import type { RecordType } from '../../../../shared/records/types.ts';
import { reviewTexts } from '../../../texts/review.ts';
import { RowCells } from './row-cells.tsx';
import { firstInSight, type ListShape, listHeight, scrollTopFor } from './row-window.ts';

const texts = reviewTexts.rows;
/** In rem: a row of the list, and how much of the list is in sight at most. */
const ROW_REM = 2;
const MOST_ROWS_IN_SIGHT = 6;

/** A list of any length in which only what is in sight exists. Arrow keys, Page, Home and End choose a row. */
export function RowList({
  count,
  change,
  type,
  labelledBy,
  rowAt,
  need,
  chosen,
  onChoose,
}: {
  count: number;
  change: Change;
  type: RecordType;
  labelledBy: string;
  rowAt: (index: number) => ReviewRow | undefined;
  need: (first: number, last: number) => void;
  chosen: number;
  onChoose: (index: number) => void;
}) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // Whoever opened the rows is in them: the arrows work at once.
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);
  const [scrollTop, setScrollTop] = useState(0);
  const rowPx = useRootPx() * ROW_REM;
  // As high as a row, and the edges of the list.
  const headPx = rowPx + 2;
  const inSight = Math.min(count, MOST_ROWS_IN_SIGHT);
  const shape: ListShape = { count, rowPx, viewPx: inSight * rowPx };
  const exact = firstInSight(shape, scrollTop);
  const first = Math.floor(exact);
  const last = Math.min(count - 1, first + inSight);
  useEffect(() => need(first, last), [need, first, last]);

  const columns = [
    'row',
    'key',
    ...(type === 'books' ? ['title'] : []),
    ...(change === 'update' ? ['changes'] : []),
  ];
  const heads: Readonly<Record<string, string>> = {
    row: texts.row,
    key: texts.keys[type],
    title: texts.title_,
    changes: texts.changes,
  };

  function choose(index: number): void {
    const row = Math.max(0, Math.min(count - 1, index));
    onChoose(row);
    if (scroller.current !== null)
      scroller.current.scrollTop = scrollTopFor(shape, scroller.current.scrollTop, row);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: inSight,
      PageUp: -inSight,
      Home: -count,
      End: count,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose(chosen + step);
  }

  const indexes = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out rows that are out of sight
    <div
      ref={scroller}
      role="grid"
      className="row-list"
      tabIndex={0}
      aria-labelledby={labelledBy}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={chosen >= first && chosen <= last ? `${id}-${chosen}` : undefined}
      data-columns={columns.join('-')}
      // The heading stands above the rows within what scrolls.
      style={{ height: shape.viewPx + headPx }}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row */}
      <div role="row" className="row-list-head" aria-rowindex={1}>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span key={column} role="columnheader">
            {heads[column]}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup" className="row-list-all" style={{ height: listHeight(shape) }}>
        {indexes.map((index) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
          <div
            key={index}
            id={`${id}-${index}`}
            role="row"
            aria-rowindex={index + 2}
            aria-selected={index === chosen}
            className="row-list-row"
            style={{ transform: `translateY(${scrollTop + (index - exact) * rowPx}px)` }}
            onClick={() => choose(index)}
          >
            <RowCells row={rowAt(index)} type={type} columns={columns} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** The size of a rem: people set it larger. */
function useRootPx(): number {
  const [px, setPx] = useState(16);
  useLayoutEffect(() => {
    setPx(Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
  }, []);
  return px;
}
