import { useFormContext } from 'react-hook-form';
import { formTexts } from '../../texts/profile-form.ts';
import { FormSwitch, FormText } from './fields.tsx';
import type { ProfileForm } from './form-values.ts';
import { SecretField } from './secret-field.tsx';

const texts = formTexts.openai;

export function OpenAiSection() {
  const { watch } = useFormContext<ProfileForm>();
  return (
    <>
      <FormSwitch path="openai.use" label={texts.use} hint={texts.useHint} />
      {watch('openai.use') && (
        <>
          <SecretField part="openai-api-key" label={texts.key} />
          <FormText
            path="openai.baseUrl"
            label={texts.baseUrl}
            hint={texts.baseUrlHint}
            inputMode="url"
            mono
          />
          <div className="field-row">
            <FormText path="openai.embeddingModel" label={texts.embeddingModel} size="medium" mono />
            <FormText
              path="openai.dimensions"
              label={texts.dimensions}
              hint={texts.dimensionsHint}
              size="short"
              inputMode="numeric"
            />
          </div>
          <FormText path="openai.chatModel" label={texts.chatModel} size="medium" mono />
          <div className="field-row">
            <FormText
              path="openai.spendLimitUsd"
              label={texts.spendLimit}
              hint={texts.spendLimitHint}
              size="short"
              inputMode="decimal"
              after={<span className="unit">{texts.dollars}</span>}
            />
            <FormText
              path="embedConcurrency"
              label={texts.concurrency}
              hint={texts.concurrencyHint}
              size="short"
              inputMode="numeric"
            />
          </div>
        </>
      )}
    </>
  );
}
