import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import type { KafkaSettings } from '../../../shared/settings/profile.ts';
import { areOnThisComputer } from '../../../shared/settings/this-computer.ts';
import type { Greeted } from './probe-greeting.ts';

export function encryptionFact(settings: KafkaSettings, { protocol }: Greeted): string {
  if (settings.tls === 'off')
    return areOnThisComputer(settings.brokers)
      ? 'Not encrypted: Kafka is on this computer.'
      : 'Not encrypted.';
  const name = (protocol ?? 'TLS').replace('TLSv', 'TLS ');
  if (settings.tls === 'encrypt') return `Encrypted (${name}), certificate not verified.`;
  return `Encrypted (${name}), certificate verified by ${settings.ca === null ? 'the authorities this computer trusts' : 'the authority in the profile'}.`;
}

/** What the profile gives up, so that it stays visible. */
export function encryptionProblems(settings: KafkaSettings): ProbeProblem[] {
  if (settings.tls === 'encrypt')
    return [
      {
        code: 'tls-unverified',
        message:
          'The connection to Kafka is encrypted, but nobody checks that it is really the brokers that answer.',
        hint: 'Set the encryption of Kafka to "verify" and put the certificate of its authority into the profile.',
        fix: null,
      },
    ];
  if (settings.tls === 'verify' || areOnThisComputer(settings.brokers)) return [];
  return [
    {
      code: 'unencrypted',
      message: 'Events travel unencrypted to Kafka. They hold no names, but ids of students and books.',
      hint: 'Set the encryption of Kafka to "verify", unless you trust everything between here and there.',
      fix: null,
    },
  ];
}
