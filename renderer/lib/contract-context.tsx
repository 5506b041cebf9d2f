import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Client } from './client.ts';
import type { PageFiles } from './page-files.ts';

/** The way to the backend for screens that need no store of their own in between. */
export type ContractAccess = Pick<Client, 'request' | 'subscribe'>;

interface Access {
  contract: ContractAccess;
  files: PageFiles;
}

const AccessContext = createContext<Access | null>(null);

export function ContractProvider({
  contract,
  files,
  children,
}: Access & {
  children: ReactNode;
}) {
  const access = useMemo(() => ({ contract, files }), [contract, files]);
  return <AccessContext value={access}>{children}</AccessContext>;
}

export function useContract(): ContractAccess {
  return useAccess().contract;
}

/** Files that a person drops, chooses or opens, in either door. */
export function usePageFiles(): PageFiles {
  return useAccess().files;
}

function useAccess(): Access {
  const access = useContext(AccessContext);
  if (access === null) throw new Error('ContractProvider is missing.');
  return access;
}
