import { useId } from 'react';
import { Switch } from 'react-aria-components/Switch';

/** On or off, with what it means beside it. */
export function SwitchRow({
  label,
  hint,
  isOn,
  onChange,
  isDisabled = false,
}: {
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (on: boolean) => void;
  isDisabled?: boolean;
}) {
  const hintId = useId();
  return (
    <div className="switch-row">
      <Switch
        className="switch"
        isSelected={isOn}
        onChange={onChange}
        isDisabled={isDisabled}
        {...(hint === undefined ? {} : { 'aria-describedby': hintId })}
      >
        <span className="switch-track" aria-hidden="true">
          <span className="switch-thumb" />
        </span>
        <span>{label}</span>
      </Switch>
      {hint !== undefined && (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}
