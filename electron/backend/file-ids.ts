import { randomBytes } from 'node:crypto';
import type { ClientFiles } from '../../shared/contract/handlers.ts';
import { AppError } from '../../shared/errors.ts';

export interface FileIds {
  /** A new id by which `client`, and nobody else, may name the file at `path`. */
  issue(client: string, path: string): string;
  /** Takes over an id that somebody else issued to `client` (on the desktop: main, which outlives this process). */
  adopt(client: string, id: string, path: string): void;
  /** The files of one client. */
  filesOf(client: string): ClientFiles;
  /** Ends one id, for instance of a file that was taken off the list. Returns its path, or null. */
  revoke(client: string, id: string): string | null;
  /** Ends all ids of a client that is gone for good. Returns their paths. */
  forget(client: string): string[];
}

/** 192 random bits: nobody guesses one. */
const ID_BYTES = 24;

/**
 * Paths never reach a page: it gets an id for each file that was picked, dropped or uploaded, and can name no
 * other file. The id says nothing about the path.
 */
export function createFileIds(): FileIds {
  const clients = new Map<string, Map<string, string>>();

  function adopt(client: string, id: string, path: string): void {
    const files = clients.get(client) ?? new Map<string, string>();
    clients.set(client, files.set(id, path));
  }

  return {
    issue(client, path) {
      const id = `file-${randomBytes(ID_BYTES).toString('base64url')}`;
      adopt(client, id, path);
      return id;
    },
    adopt,
    filesOf: (client) => ({
      pathOf(id) {
        const path = clients.get(client)?.get(id);
        if (path === undefined) throw unknownFile();
        return path;
      },
    }),
    revoke(client, id) {
      const path = clients.get(client)?.get(id) ?? null;
      clients.get(client)?.delete(id);
      return path;
    },
    forget(client) {
      const paths = [...(clients.get(client)?.values() ?? [])];
      clients.delete(client);
      return paths;
    },
  };
}

function unknownFile(): AppError {
  return new AppError({
    code: 'file.missing',
    message: 'Accession no longer knows the file that this page names.',
    hint: 'Choose the file again.',
  });
}
