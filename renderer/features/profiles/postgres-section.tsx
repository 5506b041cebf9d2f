import { useFormContext } from 'react-hook-form';
import { postgresAddressOf, readPostgresAddress } from '../../../shared/settings/profile-address.ts';
import { usePage } from '../../lib/page-context.tsx';
import { formTexts } from '../../texts/profile-form.ts';
import { FormChoice, FormText } from './fields.tsx';
import type { ProfileForm, TlsMode } from './form-values.ts';
import { SecretField } from './secret-field.tsx';

const texts = formTexts.postgres;
const MODES = ['fields', 'address'] as const;
const TLS: readonly (TlsMode | 'auto')[] = ['auto', 'verify', 'encrypt', 'off'];

export function PostgresSection() {
  const form = useFormContext<ProfileForm>();
  const { say } = usePage();
  const mode = form.watch('postgres.mode');

  /** Spreads the address over the fields, and moves a password in it to where passwords are kept. */
  function takeAddress(): void {
    const reading = readPostgresAddress(form.getValues('postgres.address'));
    if (!reading.ok) return;
    const { settings, password } = reading.address;
    const set = { shouldDirty: true } as const;
    form.setValue('postgres.host', settings.host, set);
    form.setValue('postgres.port', String(settings.port), set);
    form.setValue('postgres.database', settings.database, set);
    form.setValue('postgres.user', settings.user, set);
    if (settings.tls !== null) form.setValue('postgres.tls', settings.tls, set);
    if (password === null) return;
    form.setValue('secrets.postgres-password', { action: 'set', value: password }, set);
    form.setValue('postgres.address', postgresAddressOf(settings, null), set);
    say(texts.addressTaken);
  }

  /** The other way round, when a person goes over to the address. */
  function showAddress(): void {
    const { host, port, database, user } = form.getValues('postgres');
    if (host.trim() === '' || !/^\d+$/.test(port.trim())) return;
    const settings = { host: host.trim(), port: Number(port), database, user, tls: null };
    form.setValue('postgres.address', postgresAddressOf(settings, null));
  }

  return (
    <>
      <FormChoice
        path="postgres.mode"
        label={texts.mode}
        options={MODES.map((value) => ({ value, words: texts.modes[value] }))}
        onChosen={(chosen) => (chosen === 'address' ? showAddress() : takeAddress())}
      />
      {mode === 'address' ? <AddressField onLeave={takeAddress} /> : <ServerFields />}
      <SecretField part="postgres-password" label={texts.password} />
      <FormChoice
        path="postgres.tls"
        label={texts.tls}
        look="rows"
        options={TLS.map((value) => ({ value, ...texts.tlsModes[value] }))}
      />
      <FormText path="postgres.ca" label={texts.ca} hint={texts.caHint} rows={3} mono />
      <div className="field-row">
        <FormText
          path="postgres.poolSize"
          label={texts.poolSize}
          hint={texts.poolSizeHint}
          size="short"
          inputMode="numeric"
        />
        <FormText
          path="batchRows"
          label={texts.batchRows}
          hint={texts.batchRowsHint}
          size="short"
          inputMode="numeric"
        />
      </div>
    </>
  );
}

function ServerFields() {
  return (
    <>
      <div className="field-row">
        <FormText path="postgres.host" label={texts.host} hint={texts.hostHint} size="medium" mono />
        <FormText path="postgres.port" label={texts.port} size="short" inputMode="numeric" mono />
      </div>
      <div className="field-row">
        <FormText path="postgres.database" label={texts.database} size="medium" mono />
        <FormText path="postgres.user" label={texts.user} size="medium" mono />
      </div>
    </>
  );
}

function AddressField({ onLeave }: { onLeave: () => void }) {
  const { watch } = useFormContext<ProfileForm>();
  const reading = readPostgresAddress(watch('postgres.address'));
  return (
    <FormText
      path="postgres.address"
      label={texts.address}
      hint={reading.ok ? texts.addressReads(reading.address.settings) : texts.addressHint}
      mono
      inputMode="url"
      onLeave={onLeave}
    />
  );
}
