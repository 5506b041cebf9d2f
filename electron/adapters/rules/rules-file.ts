import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';
import { createTurns } from '../../../shared/turns.ts';
import type { RuleStore, TaughtRule } from '../../engine/draft-port.ts';
import type { WriteWhole } from '../../engine/profile-port.ts';

/** They hold what stood in cells. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
/** The oldest go first: a dictionary is meant, not a second catalogue. */
const MAX_RULES = 5_000;

const fileSchema = z.strictObject({
  version: z.literal(1),
  rules: z.array(
    z.strictObject({
      ruleId: z.string(),
      type: z.enum(RECORD_TYPES),
      column: z.string(),
      from: z.string(),
      to: z.string(),
      taughtAt: z.iso.datetime(),
    }),
  ),
});

/**
 * The rules as one JSON file at `path`, read anew for every call; calls follow each other. A damaged file is set
 * aside beside it and told to `onDamaged`.
 */
export function createRulesFile(
  path: string,
  { writeWhole, onDamaged }: { writeWhole: WriteWhole; onDamaged(keptAs: string): void },
): RuleStore {
  const turns = createTurns();
  const inTurn = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> =>
    turns(() => {
      signal.throwIfAborted();
      return work();
    });

  const load = async (): Promise<TaughtRule[]> => {
    const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw unreadable(path, cause);
    });
    if (text === null) return [];
    try {
      return fileSchema.parse(JSON.parse(text)).rules;
    } catch {
      const keptAs = `${path}.corrupt-${Date.now()}`;
      await rename(path, keptAs).catch((cause: unknown) => {
        throw unreadable(path, cause);
      });
      onDamaged(keptAs);
      return [];
    }
  };
  const save = async (rules: readonly TaughtRule[]): Promise<void> => {
    try {
      await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
      const text = JSON.stringify({ version: 1, rules: rules.slice(-MAX_RULES) }, null, 1);
      await writeWhole(path, `${text}\n`, FILE_MODE);
    } catch (cause) {
      throw new AppError({
        code: 'mapping.unwritable',
        message: 'What Accession was taught cannot be written down.',
        hint: 'See that the disk is not full and that you may write into Accession’s own folder.',
        cause,
      });
    }
  };

  return {
    all: (signal) => inTurn(signal, load),
    teach: (rules, signal) =>
      inTurn(signal, async () => {
        const taught = new Set(rules.map(meaning));
        await save([...(await load()).filter((rule) => !taught.has(meaning(rule))), ...rules]);
      }),
    remove: (ruleIds, signal) =>
      inTurn(signal, async () => {
        await save((await load()).filter(({ ruleId }) => !ruleIds.includes(ruleId)));
      }),
  };
}

const meaning = ({ type, column, from }: TaughtRule): string =>
  JSON.stringify([type, column, from.toLowerCase()]);

function unreadable(path: string, cause: unknown): AppError {
  return new AppError({
    code: 'mapping.unreadable',
    message: 'What Accession was taught cannot be read.',
    hint: `Check that you may read ${path}, or move it away.`,
    cause,
  });
}
