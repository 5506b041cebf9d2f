import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Text } from 'react-aria-components/Text';
import { Icon } from './icon.tsx';

/** Below a field: what it is for, and what is wrong with what it holds. */
export function FieldNotes({ hint, error }: { hint: ReactNode; error: string | undefined }) {
  return (
    <>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">
        <Icon name="alert" />
        <span>{error}</span>
      </FieldError>
    </>
  );
}
