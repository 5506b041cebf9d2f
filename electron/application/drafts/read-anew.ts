import { headerShape } from '../../../shared/records/headings.ts';
import { savedMappingOf } from '../../../shared/records/save-mapping.ts';
import type { SavedMapping } from '../../../shared/records/saved-mapping.ts';
import type { DateOrder, RecordType } from '../../../shared/records/types.ts';
import type { FileSpec } from '../../engine/draft-port.ts';
import { readingOf } from '../../engine/open-files.ts';
import { editsLost } from './draft-errors.ts';
import { NEVER } from './draft-ports.ts';
import {
  type Draft,
  type DraftFile,
  fileOf,
  inBackground,
  saveNote,
  tellChanged,
  throwIfLoading,
} from './draft-state.ts';
import { bringIn, leave } from './open-draft-files.ts';
import { dropCopy } from './take-away.ts';

export interface ReadAnew {
  type?: RecordType | undefined;
  encoding?: string | null | undefined;
  delimiter?: string | null | undefined;
  sheet?: string | null | undefined;
  header?: boolean | undefined;
  mapping?: SavedMapping | null | undefined;
  dateOrders?: Readonly<Record<string, DateOrder>> | undefined;
  loseEdits: boolean;
}

/**
 * Reads a file in another way; what comes of it is seen on its card. Throws draft.edits-lost, and `file.*` where a
 * file that is read now could not be read so at all; then all is as before.
 */
export function readAnew(draft: Draft, fileNo: number, said: ReadAnew): Promise<void> {
  return draft.inTurn(async () => {
    throwIfLoading(draft);
    const file = fileOf(draft, fileNo);
    const spec = specWith(file.note.spec, said);
    const otherCells = [said.encoding, said.delimiter, said.sheet, said.header].some(
      (one) => one !== undefined,
    );
    if (otherCells) await seeWhatIsLost(draft, file, spec, said.loseEdits);
    if (said.mapping === null && file.opened !== null)
      await draft.ports.check.mappings.forget(headerShape(file.opened.header), NEVER);
    const anew = otherCells || isOfOtherType(file, said);
    if (otherCells) await dropCopy(draft, file);
    else {
      leave(draft, file);
      await draft.ports.check.workspace.clearFindings(draft.draftId, fileNo, NEVER);
    }
    Object.assign(file, { mapped: null, error: null, state: 'opening' } satisfies Partial<DraftFile>);
    file.note = { ...file.note, spec, ...(anew ? { rulesDone: false, rulesApplied: [] } : {}) };
    // Last: whatever a crash leaves behind, the findings and the copy are none of another reading.
    await saveNote(draft);
    tellChanged(draft, true);
    inBackground(draft, () => bringInAndRemember(draft, file, said));
  });
}

async function seeWhatIsLost(draft: Draft, file: DraftFile, spec: FileSpec, mayLose: boolean): Promise<void> {
  const { draftId, ports } = draft;
  const { fileNo, name, path } = file.note;
  const cells = await ports.check.workspace.editedCells(draftId, fileNo, NEVER);
  if (cells > 0 && !mayLose) throw editsLost(name, cells);
  if (file.mapped === null) return;
  // The original may be gone or know no such sheet: what is there is given up only for something that can be read.
  const key = draft.note.nextFileNo;
  draft.note = { ...draft.note, nextFileNo: key + 1 };
  await saveNote(draft);
  const request = { loadId: draftId, key, path, reading: readingOf(spec) };
  const trial = await ports.check.files.open(request, draft.closing.signal);
  await trial.close();
  await ports.check.files.remove(draftId, key);
}

/** Rules of another kind of file are another's. */
function isOfOtherType({ mapped, note }: DraftFile, said: ReadAnew): boolean {
  const type = mapped?.mapping.type ?? note.spec.type;
  return (said.type ?? said.mapping?.type ?? type) !== type;
}

function specWith(spec: FileSpec, said: ReadAnew): FileSpec {
  const { encoding, delimiter, sheet } = said;
  const { reading } = spec;
  const header = said.header ?? reading.header;
  return {
    type: said.type ?? said.mapping?.type ?? spec.type,
    reading: {
      encoding: encoding === undefined ? (reading.encoding ?? null) : encoding,
      delimiter: delimiter === undefined ? (reading.delimiter ?? null) : delimiter,
      sheet: sheet === undefined ? (reading.sheet ?? null) : sheet,
      ...(header === undefined ? {} : { header }),
    },
    // A mapping of another type says nothing of this one.
    mapping: said.mapping === undefined ? mappingFor(spec.mapping, said.type) : said.mapping,
    // A mapping says itself in which order dates are, or that nothing is said of them any more.
    dateOrders: { ...(said.mapping === undefined ? spec.dateOrders : {}), ...said.dateOrders },
    useRemembered: said.mapping === null ? false : spec.useRemembered,
  };
}

function mappingFor(mapping: SavedMapping | null, type: RecordType | undefined): SavedMapping | null {
  return mapping !== null && type !== undefined && mapping.type !== type ? null : mapping;
}

/** What a person said is remembered once it turned out to fit. */
async function bringInAndRemember(draft: Draft, file: DraftFile, said: ReadAnew): Promise<void> {
  await bringIn(draft);
  const { mapped } = file;
  const wasSaid = (said.mapping ?? null) !== null || said.dateOrders !== undefined || said.type !== undefined;
  if (!wasSaid || mapped === null) return;
  await draft.ports.check.mappings.remember(
    headerShape(mapped.opened.header),
    savedMappingOf(mapped.mapping, { ...readingOf(file.note.spec), saved: mapped.saved }),
    NEVER,
  );
}
