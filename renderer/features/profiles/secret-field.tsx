import { useController } from 'react-hook-form';
import type { SecretPart } from '../../../shared/settings/profile.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { TextInput } from '../../components/text-input.tsx';
import { formTexts } from '../../texts/profile-form.ts';
import { useEditing } from './editing-context.tsx';
import type { ProfileForm, SecretEntry } from './form-values.ts';

const texts = formTexts.secret;

/**
 * A secret can be entered, replaced and removed, but not seen: whether there is one is all the page knows. A field
 * opens where there is none yet; else it says that there is one.
 */
export function SecretField({ part, label, rows }: { part: SecretPart; label: string; rows?: number }) {
  const { entry } = useEditing();
  const { field, fieldState } = useController<ProfileForm, `secrets.${SecretPart}`>({
    name: `secrets.${part}`,
  });
  const isStored = entry?.secrets[part] === true;
  const { action, value } = field.value;
  const change = (next: SecretEntry): void => field.onChange(next);
  const keep = (): void => change({ action: 'keep', value: '' });
  // Errors of the whole entry stand at its root.
  const error = fieldState.error?.message ?? fieldState.error?.root?.message;

  if (action === 'set' || !isStored) {
    return (
      <TextInput
        label={label}
        type={rows === undefined ? 'password' : 'text'}
        value={value}
        onChange={(typed) =>
          change(typed === '' && !isStored ? { action: 'keep', value: '' } : { action: 'set', value: typed })
        }
        onBlur={field.onBlur}
        error={error}
        hint={isStored || value !== '' ? `${texts.willSet}. ${texts.hint}` : `${texts.none}. ${texts.hint}`}
        size={rows === undefined ? 'medium' : 'full'}
        autoFocus={isStored}
        mono
        {...(rows === undefined ? {} : { rows })}
        inputRef={field.ref}
        after={
          isStored && (
            <Button look="quiet" aria-label={texts.undoNamed(label)} onPress={keep}>
              {texts.undo}
            </Button>
          )
        }
      />
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand where the other labels do
    <div className="field" role="group" aria-label={label}>
      <span className="label">{label}</span>
      <div className="secret" data-state={action === 'clear' ? 'clear' : 'stored'}>
        <span className="secret-state">
          <Icon name={action === 'clear' ? 'cross' : 'key'} />
          {action === 'clear' ? texts.willClear : texts.stored}
        </span>
        {action === 'clear' ? (
          <Button look="quiet" aria-label={texts.undoNamed(label)} onPress={keep}>
            {texts.undo}
          </Button>
        ) : (
          <>
            <Button
              look="quiet"
              aria-label={texts.replaceNamed(label)}
              onPress={() => change({ action: 'set', value: '' })}
              ref={(button) => field.ref(button)}
            >
              {texts.replace}
            </Button>
            <Button
              look="quiet"
              aria-label={texts.clearNamed(label)}
              onPress={() => change({ action: 'clear', value: '' })}
            >
              {texts.clear}
            </Button>
          </>
        )}
      </div>
      {error !== undefined && (
        <p className="field-error" role="alert">
          <Icon name="alert" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
