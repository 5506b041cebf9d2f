/** The session cookie of one server. */
export interface SessionCookie {
  readonly name: string;
  /** The value in a Cookie header; null where there is none, or more than one: then somebody else set one too. */
  valueIn(header: string | undefined): string | null;
  /** A Set-Cookie header that lasts until the browser is closed. */
  set(value: string): string;
  clear(): string;
}

/**
 * Cookies are shared by all ports of a host, so the port is in the name: two servers of one machine do not sign each
 * other's users out. `__Host-` (RFC 6265bis, 4.1.3.2) makes a browser take it over TLS only and from this host only,
 * so that no neighbour under the same domain can plant one.
 */
export function sessionCookie({ port, secure }: { port: number; secure: boolean }): SessionCookie {
  const name = `${secure ? '__Host-' : ''}accession-${port}`;
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    name,
    valueIn(header) {
      const values = (header ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .map((pair) => pair.slice(name.length + 1));
      return values.length === 1 ? (values[0] ?? null) : null;
    },
    set: (value) => `${name}=${value}; ${attributes}`,
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
  };
}
