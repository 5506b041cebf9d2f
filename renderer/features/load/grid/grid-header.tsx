import { memo } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { headingAria, rowAria } from './grid-aria.ts';
import type { GridColumn } from './use-grid-columns.ts';

/** The headings, which stay in sight. `columns` with their numbers among all that are shown. */
export const GridHeader = memo(function GridHeader({
  columns,
  active,
  selectedFrom,
  selectedTo,
  resizing,
  onMenu,
  onResize,
  onFit,
}: {
  columns: readonly { column: GridColumn; index: number }[];
  /** The column whose heading has the focus, or null. */
  active: number | null;
  selectedFrom: number;
  selectedTo: number;
  resizing: string | null;
  onMenu: (index: number) => void;
  onResize: (id: string) => ((event: unknown) => void) | undefined;
  onFit: (id: string) => void;
}) {
  return (
    <div {...rowAria(-1)} className="grid-head" data-place={-1}>
      <div
        {...headingAria(0, false)}
        tabIndex={active === 0 ? 0 : -1}
        data-column={0}
        className={`grid-heading grid-heading-number${active === 0 ? ' grid-cell-active' : ''}`}
      >
        <span className="grid-heading-text">{gridTexts.rowNumber}</span>
      </div>
      {columns.map(({ column, index }) => {
        const { id, position, heading, label, isPinned } = column;
        const isChosen = index >= selectedFrom && index <= selectedTo;
        return (
          <div
            {...headingAria(index, true)}
            key={id}
            tabIndex={active === index ? 0 : -1}
            data-column={index}
            className={`grid-heading ${isPinned ? 'grid-pinned' : 'grid-free'}${
              label === null ? ' grid-heading-unloaded' : ''
            }${isChosen ? ' grid-heading-chosen' : ''}${active === index ? ' grid-cell-active' : ''}`}
            style={{ width: `var(--w${position})`, left: `var(--l${position})` }}
          >
            <span className="grid-heading-words">
              <span className="grid-heading-text" title={heading}>
                {heading}
              </span>
              <span className="grid-heading-label">{label ?? gridTexts.notLoaded}</span>
            </span>
            <span
              className="grid-heading-menu"
              data-menu={index}
              aria-hidden="true"
              onPointerDown={(event) => {
                event.stopPropagation();
                event.preventDefault();
                onMenu(index);
              }}
            >
              <Icon name="down" />
            </span>
            {/* The keyboard has the menu for it. */}
            <span
              className={`grid-resize${resizing === id ? ' grid-resizing' : ''}`}
              aria-hidden="true"
              onPointerDown={(event) => event.stopPropagation()}
              onMouseDown={(event) => onResize(id)?.(event)}
              onTouchStart={(event) => onResize(id)?.(event)}
              onDoubleClick={() => onFit(id)}
            />
          </div>
        );
      })}
    </div>
  );
});
