import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { isLoopback } from './loopback.ts';

/** Says which Host and Origin headers are those of this server's own pages. */
export interface KnownHosts {
  /**
   * Whether a request names this server. A name of somebody else's that points here (DNS rebinding) would make
   * their page and ours one origin to a browser, so only our own names and addresses are answered. The port may
   * differ: a container's is mapped.
   */
  isOurs(hostHeader: string | undefined): boolean;
  /**
   * Whether a request comes from a page of this very server: scheme, name and port as the request itself was sent
   * to. Browsers send Origin with every WebSocket and every POST, so one without it is refused too.
   */
  isOwnOrigin(origin: string | undefined, hostHeader: string | undefined): boolean;
}

/**
 * `host`: what the server listens at. `certificateNames`: names and addresses of its certificate; a name may begin
 * with `*.`, which stands for one label (RFC 9525, 6.3).
 */
export function createKnownHosts(options: {
  host: string;
  secure: boolean;
  certificateNames: readonly string[];
}): KnownHosts {
  const { host, secure, certificateNames } = options;
  const all = ['127.0.0.1', '::1', 'localhost', host, ...certificateNames];
  const names = new Set([...all, ...(isLoopback(host) ? [] : machineNames())].map(plain));

  function isOurs(hostHeader: string | undefined): boolean {
    const name = nameIn(hostHeader);
    if (name === null) return false;
    return names.has(name) || names.has(name.replace(/^[^.]+/, '*'));
  }

  return {
    isOurs,
    isOwnOrigin(origin, hostHeader) {
      if (origin === undefined || hostHeader === undefined || !isOurs(hostHeader)) return false;
      const scheme = secure ? 'https' : 'http';
      const own = URL.parse(`${scheme}://${hostHeader}`);
      return own !== null && origin === own.origin;
    },
  };
}

/** The name in a Host header without port and brackets, in lower case; null where it is none. */
function nameIn(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header ?? '');
  const name = match?.[1] ?? match?.[2];
  if (name === undefined || (match?.[1] !== undefined && isIP(name) !== 6)) return null;
  return plain(name);
}

/** In lower case, without the root's dot, and IPv6 addresses in their one short form (RFC 5952). */
function plain(name: string): string {
  const url = isIP(name) === 6 ? URL.parse(`http://[${name}]`) : null;
  return url === null ? name.toLowerCase().replace(/\.$/, '') : url.hostname.slice(1, -1);
}

function machineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return [hostname(), ...addresses.map(({ address }) => address)];
}
