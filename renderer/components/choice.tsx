import type { ReactNode, Ref } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { FieldNotes } from './field-notes.tsx';

export interface Option<V extends string> {
  value: V;
  words: string;
  hint?: string;
  mark?: ReactNode;
  isDisabled?: boolean;
}

/** One of a few. `segments`: side by side, for short words; `rows`: each with its explanation. */
export function Choice<V extends string>({
  label,
  value,
  options,
  onChange,
  onBlur,
  hint,
  error,
  look = 'segments',
  groupRef,
}: {
  label: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
  onBlur?: () => void;
  hint?: ReactNode;
  error?: string | undefined;
  look?: 'segments' | 'rows';
  groupRef?: Ref<HTMLDivElement>;
}) {
  return (
    <RadioGroup
      className="field"
      value={value}
      onChange={(chosen) => {
        const option = options.find((one) => one.value === chosen);
        if (option !== undefined) onChange(option.value);
      }}
      onBlur={() => onBlur?.()}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      orientation={look === 'segments' ? 'horizontal' : 'vertical'}
      {...(groupRef === undefined ? {} : { ref: groupRef })}
    >
      <Label className="label">{label}</Label>
      <div className={`choice-${look}`}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            className="choice"
            isDisabled={option.isDisabled ?? false}
          >
            {look === 'rows' && <span className="choice-dot" aria-hidden="true" />}
            {option.mark}
            <span className="choice-words">
              <span>{option.words}</span>
              {option.hint !== undefined && <span className="choice-hint">{option.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes hint={hint} error={error} />
    </RadioGroup>
  );
}
