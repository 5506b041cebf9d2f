import { useFormContext } from 'react-hook-form';
import { PROFILE_COLOURS, PROFILE_KINDS } from '../../../shared/settings/profile.ts';
import { Banner } from '../../components/banner.tsx';
import { formTexts } from '../../texts/profile-form.ts';
import { FormChoice, FormText } from './fields.tsx';
import type { ProfileForm } from './form-values.ts';

const texts = formTexts.general;

export function GeneralSection({ isNew }: { isNew: boolean }) {
  const { watch, setValue } = useFormContext<ProfileForm>();
  const kind = watch('kind');
  return (
    <>
      <FormText path="name" label={texts.name} hint={texts.nameHint} size="medium" autoFocus={isNew} />
      <FormChoice
        path="kind"
        label={texts.kind}
        look="rows"
        options={PROFILE_KINDS.map((value) => ({ value, ...texts.kinds[value] }))}
        onChosen={(chosen) => {
          // Leaving production gives up its red, which would otherwise lie.
          if (chosen !== 'production' && watch('colour') === 'red') setValue('colour', 'blue');
        }}
      />
      {kind === 'production' ? (
        <div className="field">
          <span className="label">{texts.colour}</span>
          <span className="fixed-value">
            <span className="colour-mark" data-colour="red" aria-hidden="true" />
            {texts.colours.red}
          </span>
          <p className="hint">{texts.colourProduction}</p>
        </div>
      ) : (
        <FormChoice
          path="colour"
          label={texts.colour}
          hint={texts.colourHint}
          options={PROFILE_COLOURS.filter((value) => value !== 'red').map((value) => ({
            value,
            words: texts.colours[value],
            mark: <span className="colour-mark" data-colour={value} aria-hidden="true" />,
          }))}
        />
      )}
      {kind === 'sandbox' && (
        <Banner tone="info" title={texts.sandboxTitle}>
          {texts.sandboxText}
        </Banner>
      )}
    </>
  );
}
