import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_TOPIC_NAMES } from '../../shared/events/topics.ts';
import { createDraftsFolder } from '../adapters/drafts/drafts-folder.ts';
import { createExportsFolder } from '../adapters/drafts/exports-folder.ts';
import { createPastedFiles } from '../adapters/drafts/pasted-files.ts';
import { writeWhole } from '../adapters/mappings/write-file.ts';
import { createCorrectionsSink } from '../adapters/rejects/corrections-sink.ts';
import { createRulesFile } from '../adapters/rules/rules-file.ts';
import { createCl100kCounter } from '../adapters/tokenizer/cl100k-counter.ts';
import { createDraftDesk, type DraftDesk } from '../application/drafts/draft-desk.ts';
import type { DraftPorts } from '../application/drafts/draft-ports.ts';
import type { DraftHandlerPorts } from '../application/drafts/handlers.ts';
import type { LoadHandlerPorts } from '../application/loads/handlers.ts';
import { openLocalParts } from './local-parts.ts';
import { readProcessEnvironment } from './profile.ts';
import { localTuning } from './tuning.ts';

export interface DraftPartsOptions {
  homeDir: string;
  variables: Readonly<Record<string, string | undefined>>;
  loads: LoadHandlerPorts;
  changed(draftId: string, revision: number): void;
  notify(message: string): void;
}

/** What drafts stand on. Nothing is opened yet. */
export function openDraftParts(options: DraftPartsOptions): DraftHandlerPorts {
  const { homeDir, loads, notify, changed } = options;
  const local = openLocalParts(homeDir, checkThreads(options.variables), notify);
  const exports = createExportsFolder(join(homeDir, 'workspace'));
  const ports: DraftPorts = {
    check: local.ports,
    hasher: local.ports.hasher,
    tuning: localTuning(DEFAULT_TOPIC_NAMES),
    drafts: createDraftsFolder(join(homeDir, 'drafts'), writeWhole),
    rules: createRulesFile(join(homeDir, 'rules.json'), {
      writeWhole,
      onDamaged: (keptAs) =>
        notify(
          `What Accession was taught is damaged. It was set aside as ${keptAs}, and a new list is begun.`,
        ),
    }),
    corrections: createCorrectionsSink(),
    exports,
    pasted: createPastedFiles(join(homeDir, 'workspace')),
    target: loads.target,
    desk: loads.desk,
    samples: ['books', 'students', 'checkouts'].map((name) =>
      // Two folders up is the application's root from here and from out/main alike.
      fileURLToPath(new URL(`../../shared/samples/${name}.csv`, import.meta.url)),
    ),
    changed,
    notify,
  };
  return {
    desk: closingAll(createDraftDesk(ports), [exports.close, local.close]),
    ports,
    tokens: createCl100kCounter(),
  };
}

function closingAll(desk: DraftDesk, others: readonly (() => Promise<void>)[]): DraftDesk {
  return {
    ...desk,
    async close() {
      await desk.close();
      for (const close of others) await close();
    },
  };
}

/** A setting that cannot be read is told where a load needs it; files can be looked at without. */
function checkThreads(variables: DraftPartsOptions['variables']): number | undefined {
  try {
    return readProcessEnvironment(variables).CHECK_THREADS;
  } catch {
    return undefined;
  }
}
