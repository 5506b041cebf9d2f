import { chmod, lstat, mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { SECRET_PARTS } from '../../../shared/settings/profile.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Exclusively, SettingsNotice, WriteWhole } from '../../engine/profile-port.ts';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

const contentSchema = z.strictObject({
  version: z.literal(1),
  /** The person agreed to keep secrets where the system does not protect them. */
  allowed: z.boolean().default(false),
  /** By profile, then by part; as text or encrypted, as the store that writes them has it. */
  secrets: z.record(z.string(), z.partialRecord(z.enum(SECRET_PARTS), z.string())),
});
export type SecretsContent = z.output<typeof contentSchema>;

export interface SecretsFileParts {
  exclusively: Exclusively;
  writeWhole: WriteWhole;
  clock: Pick<Clock, 'now'>;
  onNotice: (notice: SettingsNotice) => void;
}

export interface SecretsOnDisk {
  read(): Promise<SecretsContent>;
  change(signal: AbortSignal, edit: (content: SecretsContent) => SecretsContent): Promise<void>;
}

/**
 * One JSON file of secrets, readable by this account alone, in a folder that only it may enter. A file that others
 * may read or that belongs to somebody else is refused rather than mended: what it holds may be known already. There is
 * no second copy; a damaged file is set aside and told.
 */
export function secretsOnDisk(path: string, parts: SecretsFileParts): SecretsOnDisk {
  const read = async (): Promise<SecretsContent | null> => {
    const text = await textOf(path);
    return text === null ? { version: 1, allowed: false, secrets: {} } : contentOf(text);
  };
  const setAside = async (): Promise<SecretsContent> => {
    const keptAs = `${path}.corrupt-${parts.clock.now().toISOString().replaceAll(':', '-')}`;
    await rename(path, keptAs);
    parts.onNotice({
      message: `The file with the saved passwords was damaged and has been set aside as ${keptAs}. Enter the passwords again.`,
      keptAs,
    });
    return { version: 1, allowed: false, secrets: {} };
  };
  return {
    async read() {
      const content = await read();
      if (content !== null) return content;
      return parts.exclusively(
        new AbortController().signal,
        async () => (await read()) ?? (await setAside()),
      );
    },
    async change(signal, edit) {
      await parts.exclusively(signal, async () => {
        const content = (await read()) ?? (await setAside());
        const edited = edit(content);
        if (edited === content) return;
        try {
          await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
          await chmod(dirname(path), FOLDER_MODE);
          await parts.writeWhole(path, `${JSON.stringify(edited, null, 2)}\n`, FILE_MODE);
        } catch (thrown) {
          throw unwritable(path, thrown);
        }
      });
    },
  };
}

/** Null where there is no file. */
async function textOf(path: string): Promise<string | null> {
  try {
    const { mode, uid } = await lstat(path);
    // Windows has no such modes: there the folder of the account keeps others out. Root reads everything anyhow.
    if (process.platform !== 'win32' && ((mode & 0o077) !== 0 || !isOurs(uid))) throw exposed(path);
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw new AppError({
      code: 'secrets.unreadable',
      message: 'The saved passwords cannot be read.',
      hint: `Check that you may read ${path}.`,
      cause: thrown,
    });
  }
}

function isOurs(uid: number): boolean {
  const own = process.getuid?.() ?? uid;
  return own === uid || own === 0;
}

/** Null where the text is no file of secrets. What the parser says about it is dropped: it quotes the text. */
function contentOf(text: string): SecretsContent | null {
  try {
    const read = contentSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

function exposed(path: string): AppError {
  return new AppError({
    code: 'secrets.exposed',
    message: `The file with the saved passwords is open to other accounts of this computer: ${path}`,
    hint: `Close it with: chmod 600 ${path} (and see that it is yours). If others use this computer, change the passwords it holds.`,
  });
}

function unwritable(path: string, cause: unknown): AppError {
  return new AppError({
    code: 'settings.unwritable',
    message: `The passwords cannot be saved in ${dirname(path)}.`,
    hint: 'See that the folder may be written to and that the disk is not full.',
    cause,
  });
}
