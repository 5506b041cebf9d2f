import { useFormContext } from 'react-hook-form';
import { formTexts } from '../../texts/profile-form.ts';
import { FormSwitch, FormText } from './fields.tsx';
import type { ProfileForm } from './form-values.ts';

const texts = formTexts.safety;

export function SafetySection() {
  const { watch } = useFormContext<ProfileForm>();
  return (
    <>
      <FormSwitch path="readOnly" label={texts.readOnly} hint={texts.readOnlyHint} />
      <FormSwitch path="rehearseFirst" label={texts.rehearseFirst} hint={texts.rehearseFirstHint} />
      {watch('kind') === 'production' && (
        <FormText
          path="confirmAboveRows"
          label={texts.confirm}
          hint={texts.confirmHint}
          size="short"
          inputMode="numeric"
          after={<span className="unit">{texts.rows}</span>}
        />
      )}
    </>
  );
}
