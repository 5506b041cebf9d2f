import type { ReactNode } from 'react';
import { type FieldPath, type FieldPathByValue, useController } from 'react-hook-form';
import { Choice, type Option } from '../../components/choice.tsx';
import { SwitchRow } from '../../components/switch-row.tsx';
import { TextInput, type TextInputProps } from '../../components/text-input.tsx';
import type { ProfileForm } from './form-values.ts';

type TextPath = FieldPathByValue<ProfileForm, string>;
type SwitchPath = FieldPathByValue<ProfileForm, boolean>;

/** A text field of the profile form. */
export function FormText({
  path,
  onLeave,
  ...look
}: Omit<TextInputProps, 'value' | 'onChange' | 'onBlur' | 'name' | 'error' | 'inputRef'> & {
  path: TextPath;
  onLeave?: () => void;
}) {
  const { field, fieldState } = useController<ProfileForm, TextPath>({ name: path });
  return (
    <TextInput
      {...look}
      name={path}
      value={String(field.value)}
      onChange={field.onChange}
      onBlur={() => {
        field.onBlur();
        onLeave?.();
      }}
      error={fieldState.error?.message}
      inputRef={field.ref}
    />
  );
}

export function FormSwitch({ path, label, hint }: { path: SwitchPath; label: string; hint?: string }) {
  const { field } = useController<ProfileForm, SwitchPath>({ name: path });
  return (
    <SwitchRow
      label={label}
      {...(hint === undefined ? {} : { hint })}
      isOn={field.value === true}
      onChange={field.onChange}
    />
  );
}

export function FormChoice<V extends string>({
  path,
  label,
  options,
  hint,
  look,
  onChosen,
}: {
  path: FieldPath<ProfileForm>;
  label: string;
  options: readonly Option<V>[];
  hint?: ReactNode;
  look?: 'segments' | 'rows';
  onChosen?: (value: V) => void;
}) {
  const { field, fieldState } = useController<ProfileForm>({ name: path });
  return (
    <Choice
      label={label}
      value={field.value as V}
      options={options}
      onChange={(value) => {
        field.onChange(value);
        onChosen?.(value);
      }}
      onBlur={field.onBlur}
      hint={hint}
      error={fieldState.error?.message}
      {...(look === undefined ? {} : { look })}
      // A group cannot have the focus itself: the chosen one of it takes it.
      groupRef={(group: HTMLDivElement | null) =>
        field.ref(group && { focus: () => group.querySelector<HTMLInputElement>('input:checked')?.focus() })
      }
    />
  );
}
