import { AppError } from '../../shared/errors.ts';
import { isLoopback } from './loopback.ts';

/**
 * Throws usage.invalid where others on the network could reach the server without its being encrypted and without
 * their having to know anything. Names everything that is missing, and the commands that mend it.
 */
export function throwIfExposed(host: string, has: { tls: boolean; password: boolean }): void {
  if (isLoopback(host) || (has.tls && has.password)) return;
  const missing: string[] = [];
  if (!has.tls)
    missing.push('a certificate and its key: add --tls-cert FILE and --tls-key FILE, both in PEM form');
  if (!has.password) missing.push('a password: set one with accession serve --set-password');
  throw new AppError({
    code: 'usage.invalid',
    message: `At ${host} other computers can reach Accession. For that it needs\n${missing.map((each) => `  - ${each}`).join('\n')}`,
    hint: 'Or leave out --host: then only this computer can open the page.',
  });
}
