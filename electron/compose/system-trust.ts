/**
 * To be called before a connection is made that verifies certificates: what this computer trusts counts, too. Once
 * in a process is enough; each further call takes a few milliseconds.
 */
export async function trustSystem(): Promise<void> {
  const { trustSystemAuthorities } = await import('../adapters/system/authorities.ts');
  trustSystemAuthorities();
}
