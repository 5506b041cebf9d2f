import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import type { DraftFileView, RowFilter } from '../../../../shared/contract/drafts.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import type { ShownRows } from './file-memory.ts';
import { rowProblems } from './row-problems.ts';

type Show = RowFilter['show'] | 'all';
const SHOWS: readonly Show[] = ['all', 'problems', 'errors', 'warnings', 'rejected', 'edited', 'skipped'];

/** Which rows are shown, with how many there are of each kind. */
export function FilterMenu({
  file,
  shown,
  title,
  onFilter,
}: {
  file: DraftFileView;
  shown: ShownRows;
  /** Of what is shown now. */
  title: string;
  onFilter: (filter: RowFilter | null) => void;
}) {
  const { filter: texts } = gridTexts;
  const counts: Readonly<Record<Show, string>> = {
    all: texts.rows(file.rows),
    problems: texts.issues(rowProblems(file)),
    errors: texts.issues(rowProblems(file, 'error')),
    warnings: texts.issues(rowProblems(file, 'warning')),
    rejected: texts.rows(file.rejected),
    edited: texts.cells(file.editedCells),
    skipped: texts.rows(file.skipped),
  };
  const chosen: Show = shown.kind === 'all' ? 'all' : shown.filter.show;
  return (
    <MenuTrigger>
      <Button look={shown.kind === 'all' ? 'quiet' : 'plain'} icon="filter">
        <span className="hidden-text">{texts.label}: </span>
        <span className="grid-filter-title">{title}</span>
        <Icon name="down" />
      </Button>
      <Popover className="popover" placement="bottom start">
        <AriaMenu
          className="menu"
          aria-label={texts.label}
          selectionMode="single"
          selectedKeys={[chosen]}
          onAction={(key) => {
            const show = SHOWS.find((one) => one === key);
            if (show !== undefined) onFilter(show === 'all' ? null : { show, code: null, column: null });
          }}
        >
          {SHOWS.map((show) => (
            <MenuItem key={show} id={show} className="menu-item grid-menu-item" textValue={texts[show]}>
              <span className="grid-menu-check">{show === chosen && <Icon name="check" />}</span>
              <Text slot="label">{texts[show]}</Text>
              <Text slot="description" className="grid-keys">
                {counts[show]}
              </Text>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
