/**
 * Whether a host stands for the computer that Accession runs on, so that what is sent there leaves no cable: the
 * loopback (RFC 1122 3.2.1.3, RFC 4291 2.5.3; IPv6 with or without brackets) and `localhost`. A path is a socket.
 * The one answer for profiles, their test and loads alike.
 */
export function isThisComputer(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name.startsWith('/') || name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** `host:port` taken apart, `[::1]:9092` too; null where it is something else. */
export function hostAndPort(address: string): { host: string; port: number } | null {
  const match = /^(\[[0-9a-f:.%]+\]|[^\s:/@[\]]+):(\d{1,5})$/i.exec(address.trim());
  const [, host, digits] = match ?? [];
  const port = Number(digits);
  return host === undefined || port < 1 || port > 65_535
    ? null
    : { host: host.replace(/^\[(.*)\]$/, '$1'), port };
}

/** Whether all of these brokers, `host:port` each, are on this computer. What cannot be read is not. */
export function areOnThisComputer(brokers: readonly string[]): boolean {
  return brokers.every((broker) => isThisComputer(hostAndPort(broker)?.host ?? broker));
}
