import { useFormContext } from 'react-hook-form';
import { kafkaIsUnencrypted } from '../../../shared/settings/connection-rules.ts';
import { Banner } from '../../components/banner.tsx';
import { formTexts } from '../../texts/profile-form.ts';
import { brokerLines } from './form-draft.ts';
import type { ProfileForm } from './form-values.ts';

/** Stays over every section for as long as a production profile sends its events as they are: a test is soon forgotten. */
export function EncryptionBanner() {
  const { watch } = useFormContext<ProfileForm>();
  const brokers = brokerLines(watch('kafka.brokers'));
  const unencrypted =
    watch('kafka.use') &&
    brokers.length > 0 &&
    kafkaIsUnencrypted({ brokers, tls: watch('kafka.tls') }, watch('kind'));
  if (!unencrypted) return null;
  return (
    <Banner tone="warn" title={formTexts.kafka.unencryptedTitle}>
      {formTexts.kafka.unencryptedText}
    </Banner>
  );
}
