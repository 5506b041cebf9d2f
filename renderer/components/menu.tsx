import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';

export interface MenuAction {
  id: string;
  words: string;
  danger?: boolean;
  run: () => void;
}

/** Things that can be done with something, behind one button: with words, or, for the rarer ones, three dots. */
export function ActionMenu({
  label,
  icon = 'more',
  words,
  actions,
}: {
  label: string;
  icon?: IconName;
  words?: string;
  actions: readonly MenuAction[];
}) {
  return (
    <MenuTrigger>
      <Button icon={icon} aria-label={label}>
        {words}
      </Button>
      <Popover className="popover" placement="bottom end">
        <AriaMenu
          className="menu"
          aria-label={label}
          onAction={(key) => actions.find(({ id }) => id === key)?.run()}
        >
          {actions.map(({ id, words: does, danger = false }) => (
            <MenuItem key={id} id={id} className="menu-item" data-danger={danger || undefined}>
              {does}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
