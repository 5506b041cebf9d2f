import { useState } from 'react';
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
  isBusy = false,
}: {
  label: string;
  icon?: IconName;
  words?: string;
  actions: readonly MenuAction[];
  /** One of them is being done: it keeps the focus, and does not open. */
  isBusy?: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={(open) => setOpen(open && !isBusy)}>
      <Button icon={icon} aria-label={label} isPending={isBusy}>
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
