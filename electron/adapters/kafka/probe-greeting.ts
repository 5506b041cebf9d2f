import { connect as connectPlain, isIP } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { networkCodeOf, networkProblem } from '../../../shared/settings/network-problems.ts';
import { apiVersionsRequest, parseApiVersions } from './probe-api-versions.ts';

export interface Greeted {
  metadataLevel: number | null;
  /** As Node names it, e.g. `TLSv1.3`; null where nothing is encrypted. */
  protocol: string | null;
}

export interface GreetingOptions {
  /** Null: not encrypted. */
  tls: ConnectionOptions | null;
  ownAuthority: boolean;
  timeoutMs: number;
}

/** What follows a handshake that the broker ends for want of a certificate of ours; TLS 1.3 says so only afterwards. */
const CLIENT_CERTIFICATE =
  /ALERT_(BAD_CERTIFICATE|CERTIFICATE_REQUIRED|UNKNOWN_CA|CERTIFICATE_UNKNOWN|HANDSHAKE_FAILURE)|TLSV13_ALERT_CERTIFICATE|TLSV1_ALERT_UNKNOWN_CA/;

/**
 * Says hello to one broker, without a login, and finds out what stands in the way: kafkajs gives the same "closed
 * connection" for a broker that wants TLS, one that has none, and one that is no broker. Rejects with the signal's
 * reason only.
 */
export async function greet(
  broker: string,
  options: GreetingOptions,
  signal: AbortSignal,
): Promise<Greeted | ProbeProblem> {
  const { host, port } = addressOf(broker);
  try {
    return await exchange(host, port, options, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const code = networkCodeOf(thrown);
    const known = networkProblem(code, {
      what: 'The Kafka broker',
      host,
      port,
      usualPort: 'Kafka usually has 9092, with TLS often 9093 or 9094',
      ownAuthority: options.ownAuthority,
    });
    if (known !== null) return known;
    if (options.tls !== null && CLIENT_CERTIFICATE.test(code)) return certificateWanted(broker);
    return await tellMismatch(broker, options, signal);
  }
}

export function isGreeted(answer: Greeted | ProbeProblem): answer is Greeted {
  return 'metadataLevel' in answer;
}

/** Somebody listens and hangs up on us: would the other way of speaking have been right? */
async function tellMismatch(
  broker: string,
  { tls, timeoutMs }: GreetingOptions,
  signal: AbortSignal,
): Promise<ProbeProblem> {
  const { host, port } = addressOf(broker);
  try {
    if (tls === null) {
      await shakeHands(host, port, timeoutMs, signal);
      return {
        code: 'tls-required',
        message: `The Kafka broker ${broker} speaks TLS only, and the profile has it switched off.`,
        hint: 'Set the encryption of Kafka to "verify" in the profile, or use the port for unencrypted connections.',
        fix: null,
      };
    }
    await exchange(host, port, { tls: null, ownAuthority: false, timeoutMs }, signal);
    return {
      code: 'tls-not-offered',
      message: `The Kafka broker ${broker} offers no encryption on this port, but the profile asks for it.`,
      hint: 'Use the port on which the broker speaks TLS (often 9093 or 9094), or have whoever runs Kafka switch TLS on.',
      fix: null,
    };
  } catch {
    signal.throwIfAborted();
    return {
      code: 'wrong-service',
      message: `Something answers at ${broker}, but not as a Kafka broker does.`,
      hint: 'Check host and port: another program may listen there, or a proxy stands between.',
      fix: null,
    };
  }
}

function exchange(
  host: string,
  port: number,
  { tls, timeoutMs }: GreetingOptions,
  signal: AbortSignal,
): Promise<Greeted> {
  return withSocket(host, port, tls, timeoutMs, signal, (socket, settle) => {
    let received = Buffer.alloc(0);
    const begin = (): void => {
      socket.write(apiVersionsRequest());
    };
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      try {
        const answer = parseApiVersions(received);
        if (answer === null) return;
        settle({ ...answer, protocol: 'getProtocol' in socket ? (socket as TLSSocket).getProtocol() : null });
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error('unreadable'));
      }
    });
    socket.once(tls === null ? 'connect' : 'secureConnect', begin);
  });
}

/** A handshake with anybody: nothing is sent over it. */
function shakeHands(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
  return withSocket(host, port, { rejectUnauthorized: false }, timeoutMs, signal, (socket, settle) => {
    socket.once('secureConnect', () => settle(undefined));
  });
}

function withSocket<T>(
  host: string,
  port: number,
  tls: ConnectionOptions | null,
  timeoutMs: number,
  signal: AbortSignal,
  use: (socket: ReturnType<typeof connectPlain>, settle: (value: T) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const address = { host, port, ...(isIP(host) === 0 ? { servername: host } : {}) };
    const socket = tls === null ? connectPlain({ host, port }) : connectTls({ ...address, ...tls });
    const onAbort = (): void => void socket.destroy(new Error('aborted'));
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
      timeoutMs,
    );
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    socket.on('error', reject);
    socket.on('close', () => {
      end();
      reject(new Error('The other side has closed the connection.'));
    });
    use(socket, (value) => {
      resolve(value);
      socket.destroy();
    });
  });
}

export function addressOf(broker: string): { host: string; port: number } {
  const at = broker.lastIndexOf(':');
  if (at < 0) return { host: broker, port: 9092 };
  return { host: broker.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port: Number(broker.slice(at + 1)) };
}

function certificateWanted(broker: string): ProbeProblem {
  return {
    code: 'client-certificate',
    message: `The Kafka broker ${broker} does not accept the client certificate of the profile, or misses one.`,
    hint: 'Put the certificate and key that whoever runs Kafka has made for Accession into the profile.',
    fix: null,
  };
}
