import { useRef } from 'react';
import { Menu as AriaMenu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';

export interface GridAction {
  id: string;
  words: string;
  /** As it is pressed: `Enter`, `Ctrl+H`. */
  keys?: string;
  isDisabled?: boolean;
  run: () => void;
}

/** Where a menu hangs, in CSS pixels of the window. */
export interface Anchor {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A menu that belongs to a place on the screen instead of a button. The focus goes back to where it was. */
export function AnchoredMenu({
  label,
  anchor,
  actions,
  onClose,
}: {
  label: string;
  anchor: Anchor;
  actions: readonly GridAction[];
  onClose: () => void;
}) {
  const hook = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={hook} className="grid-hook" style={{ ...anchor }} />
      <Popover
        className="popover"
        aria-label={label}
        triggerRef={hook}
        placement="bottom start"
        offset={2}
        isOpen
        onOpenChange={(open) => {
          if (!open) onClose();
        }}
      >
        <AriaMenu
          className="menu"
          aria-label={label}
          autoFocus="first"
          onClose={onClose}
          disabledKeys={actions.filter(({ isDisabled = false }) => isDisabled).map(({ id }) => id)}
          onAction={(key) => actions.find(({ id }) => id === key)?.run()}
        >
          {actions.map(({ id, words, keys }) => (
            <MenuItem key={id} id={id} className="menu-item grid-menu-item" textValue={words}>
              <span>{words}</span>
              {keys !== undefined && <span className="grid-keys">{keys}</span>}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </>
  );
}
