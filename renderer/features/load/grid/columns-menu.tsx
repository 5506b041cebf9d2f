import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import type { GridColumns } from './use-grid-columns.ts';

const ALL = 'all';

/** Which columns are shown. It stays open while several are chosen. */
export function ColumnsMenu({ columns: { all, show, showAll } }: { columns: GridColumns }) {
  const shown = all.filter(({ isShown }) => isShown).length;
  return (
    <MenuTrigger>
      <Button look="quiet" icon="columns">
        <span className="grid-tool-words">{gridTexts.toolbar.columns}</span>
        {shown < all.length && (
          <span className="tag">
            {shown}/{all.length}
          </span>
        )}
      </Button>
      <Popover className="popover grid-columns-menu" placement="bottom end">
        <AriaMenu
          className="menu"
          aria-label={gridTexts.toolbar.columns}
          selectionMode="multiple"
          selectedKeys={all.filter(({ isShown }) => isShown).map(({ id }) => id)}
          disabledKeys={[
            ...(shown === all.length ? [ALL] : []),
            // Without a column there would be nothing to come back from.
            ...(shown === 1 ? all.filter(({ isShown }) => isShown).map(({ id }) => id) : []),
          ]}
          onSelectionChange={(keys) => {
            if (keys === 'all' || keys.has(ALL)) return showAll();
            for (const { id, isShown } of all) if (keys.has(id) !== isShown) show(id, !isShown);
          }}
        >
          {[
            <MenuItem key={ALL} id={ALL} className="menu-item" textValue={gridTexts.toolbar.showAllColumns}>
              {gridTexts.toolbar.showAllColumns}
            </MenuItem>,
            ...all.map(({ id, heading, isShown }) => (
              <MenuItem key={id} id={id} className="menu-item grid-menu-item" textValue={heading}>
                <span className="grid-menu-check">{isShown && <Icon name="check" />}</span>
                <Text slot="label">{heading}</Text>
              </MenuItem>
            )),
          ]}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
