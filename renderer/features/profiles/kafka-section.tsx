import { useFormContext } from 'react-hook-form';
import { SASL_MECHANISMS, TLS_MODES } from '../../../shared/settings/profile.ts';
import { formTexts } from '../../texts/profile-form.ts';
import { FormChoice, FormSwitch, FormText } from './fields.tsx';
import type { ProfileForm } from './form-values.ts';
import { SecretField } from './secret-field.tsx';

const texts = formTexts.kafka;
const TOPICS = ['books', 'students', 'checkouts', 'enrichment', 'metrics'] as const;

export function KafkaSection() {
  const { watch } = useFormContext<ProfileForm>();
  return (
    <>
      <FormSwitch path="kafka.use" label={texts.use} hint={texts.useHint} />
      {watch('kafka.use') && <KafkaFields />}
    </>
  );
}

function KafkaFields() {
  const { watch } = useFormContext<ProfileForm>();
  return (
    <>
      <FormText path="kafka.brokers" label={texts.brokers} hint={texts.brokersHint} rows={3} mono />
      <FormChoice
        path="kafka.tls"
        label={texts.tls}
        look="rows"
        options={[...TLS_MODES].reverse().map((value) => ({ value, ...texts.tlsModes[value] }))}
      />
      <FormText path="kafka.ca" label={texts.ca} hint={texts.caHint} rows={3} mono />
      <FormChoice
        path="kafka.sasl.mechanism"
        label={texts.sasl}
        options={(['none', ...SASL_MECHANISMS] as const).map((value) => ({
          value,
          words: texts.saslModes[value],
        }))}
      />
      {watch('kafka.sasl.mechanism') !== 'none' && (
        <div className="field-row">
          <FormText path="kafka.sasl.username" label={texts.username} size="medium" mono />
          <SecretField part="kafka-password" label={texts.password} />
        </div>
      )}
      <FormText
        path="kafka.clientCertificate"
        label={texts.certificate}
        hint={texts.certificateHint}
        rows={3}
        mono
      />
      {watch('kafka.clientCertificate').trim() !== '' && (
        <SecretField part="kafka-client-key" label={texts.key} rows={3} />
      )}
      <fieldset className="field-group">
        <legend className="label">{texts.topics}</legend>
        <p className="hint">{texts.topicsHint}</p>
        <div className="field-grid">
          {TOPICS.map((topic) => (
            <FormText key={topic} path={`kafka.topics.${topic}`} label={texts.topicNames[topic]} mono />
          ))}
        </div>
      </fieldset>
    </>
  );
}
