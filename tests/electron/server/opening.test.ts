import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { throwIfExposed } from '../../../electron/server/exposure.ts';
import { isLoopback } from '../../../electron/server/loopback.ts';
import { readTlsFiles } from '../../../electron/server/tls-files.ts';
import { makeAuthority } from '../../services/certificates.ts';
import { openDoor, tempFolder } from './door.ts';

const DAY = 24 * 3_600_000;

test('only this computer’s own addresses are loopback', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost', 'LocalHost', '::ffff:127.0.0.1'])
    expect(isLoopback(host), host).toBe(true);
  for (const host of [
    '0.0.0.0',
    '::',
    '192.168.1.5',
    '10.0.0.1',
    'library',
    'localhost.evil.example',
    '128.0.0.1',
    '',
  ])
    expect(isLoopback(host), host).toBe(false);
});

test('beyond loopback it wants a certificate and a password, and says of each how to give it', () => {
  const messageOf = (has: { tls: boolean; password: boolean }): string => {
    try {
      throwIfExposed('0.0.0.0', has);
      return '';
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : '';
    }
  };
  const both = messageOf({ tls: false, password: false });
  expect(both).toContain('At 0.0.0.0 other computers can reach Accession.');
  expect(both).toContain('--tls-cert FILE and --tls-key FILE');
  expect(both).toContain('accession serve --set-password');
  expect(messageOf({ tls: true, password: false })).not.toContain('--tls-cert');
  expect(messageOf({ tls: false, password: true })).not.toContain('--set-password');
  expect(messageOf({ tls: true, password: true })).toBe('');
});

test('the door itself does not open unprotected, whoever asks for it', async () => {
  await expect(openDoor({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'usage.invalid' });
  const issued = makeAuthority('Test').issue('localhost', 'DNS:localhost');
  const tls = { ...issued, names: [], warning: null };
  await expect(openDoor({ host: '0.0.0.0', tls })).rejects.toMatchObject({ code: 'usage.invalid' });
});

test('a port in use, and an address that is not ours, are said with the next step', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(openDoor({ port })).rejects.toMatchObject({
    code: 'serve.unavailable',
    message: expect.stringContaining(`Port ${port} of 127.0.0.1 is in use`),
    hint: expect.stringContaining('--port 0'),
  });
  const issued = makeAuthority('Test').issue('a', 'DNS:a');
  const hash = { kind: 'scrypt', N: 2, r: 1, p: 1, salt: '', key: '' } as const;
  await expect(
    openDoor({
      host: '192.0.2.1',
      tls: { ...issued, names: [], warning: null },
      passwordHash: async () => hash,
    }),
  ).rejects.toMatchObject({ message: '192.0.2.1 is not an address of this computer.' });
});

test('a certificate is read with its names; one that does not fit, has expired or is none is refused', async () => {
  const dir = await tempFolder();
  const authority = makeAuthority('Test');
  const issued = authority.issue('library', 'DNS:library.school.example,DNS:*.branch.example,IP:192.0.2.7');
  const other = authority.issue('other', 'DNS:other');
  const cert = join(dir, 'cert.pem');
  const key = join(dir, 'key.pem');
  const wrongKey = join(dir, 'wrong.pem');
  await writeFile(cert, issued.certificate);
  await writeFile(key, issued.key);
  await writeFile(wrongKey, other.key);
  const now = Date.now();
  const read = await readTlsFiles(cert, key, now);
  expect(read.names).toEqual(['library.school.example', '*.branch.example', '192.0.2.7']);
  // A test's certificate lasts a day.
  expect(read.warning).toContain('expires soon');
  await expect(readTlsFiles(cert, wrongKey, now)).rejects.toThrow(
    `${wrongKey} is not the key of the certificate`,
  );
  await expect(readTlsFiles(key, key, now)).rejects.toThrow(`${key} holds no certificate`);
  await expect(readTlsFiles(cert, key, now + 2 * DAY)).rejects.toThrow('has expired');
  await expect(readTlsFiles(join(dir, 'none.pem'), key, now)).rejects.toThrow('of --tls-cert cannot be read');
});
