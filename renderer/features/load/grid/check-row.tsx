import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { Icon } from '../../../components/icon.tsx';

/** Something that is done along with what a dialog does. */
export function CheckRow({
  isOn,
  onChange,
  children,
}: {
  isOn: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Checkbox className="grid-check" isSelected={isOn} onChange={onChange}>
      <span className="grid-check-box" aria-hidden="true">
        {isOn && <Icon name="check" />}
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}
