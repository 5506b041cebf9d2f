import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * From now on every TLS connection of this thread that names no authority of its own also trusts those of the
 * operating system, beside Node's (and NODE_EXTRA_CA_CERTS): a school whose filter reads along has installed the
 * filter's authority there. Takes some 200 ms, so it is better called before the first connection to a server than
 * at every start. Calling it again changes nothing.
 */
export function trustSystemAuthorities(): void {
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
}
