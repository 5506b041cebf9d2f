import type { ReactNode, Ref } from 'react';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { FieldNotes } from './field-notes.tsx';

export interface TextInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  name?: string;
  /** What to enter, always visible. */
  hint?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: string | undefined;
  /** Lines of a larger field; left out: one line. */
  rows?: number;
  type?: 'text' | 'password';
  inputMode?: 'text' | 'numeric' | 'decimal' | 'url';
  size?: 'short' | 'medium' | 'full';
  mono?: boolean;
  placeholder?: string;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
  /** Beside the field, such as a unit or a button. */
  after?: ReactNode;
  isDisabled?: boolean;
}

/** A field with its name above, its hint below and its problem beside it, all of them read aloud with it. */
export function TextInput(props: TextInputProps) {
  const { label, hint, error, rows, mono = false, size = 'full', placeholder, inputRef, after } = props;
  const look = mono ? 'input input-mono' : 'input';
  return (
    <TextField
      className="field"
      data-size={size}
      value={props.value}
      onChange={props.onChange}
      onBlur={() => props.onBlur?.()}
      {...(props.name === undefined ? {} : { name: props.name })}
      type={props.type ?? 'text'}
      inputMode={props.inputMode ?? 'text'}
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      validationBehavior="aria"
      autoComplete={props.type === 'password' ? 'new-password' : 'off'}
      autoCorrect="off"
      spellCheck="false"
      autoFocus={props.autoFocus ?? false}
    >
      <Label className="label">{label}</Label>
      <div className="field-line">
        {rows === undefined ? (
          <Input
            className={look}
            placeholder={placeholder ?? ''}
            {...(inputRef === undefined ? {} : { ref: inputRef })}
          />
        ) : (
          <TextArea
            className={look}
            rows={rows}
            placeholder={placeholder ?? ''}
            {...(inputRef === undefined ? {} : { ref: inputRef })}
          />
        )}
        {after}
      </div>
      <FieldNotes hint={hint} error={error} />
    </TextField>
  );
}
