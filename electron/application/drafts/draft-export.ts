import { rowsToCorrect } from '../../engine/rows-to-correct.ts';
import { viewGone } from './draft-errors.ts';
import { checkedOf, type Draft } from './draft-state.ts';

export type ExportFormat = 'csv' | 'xlsx';

export interface Export {
  exportId: string;
  name: string;
  bytes: number;
  rows: number;
}

/** In base64 a piece comes to a little over a megabyte: small enough beside what else goes over the line. */
const PIECE_BYTES = 786_432;
/** Of a draft; earlier ones go. */
const MAX_EXPORTS = 5;

/** Writes the rejected rows of a file as they are now, to be fetched in pieces. */
export async function exportRejected(draft: Draft, fileNo: number, format: ExportFormat): Promise<Export> {
  const file = checkedOf(draft, fileNo);
  const { exports, corrections } = draft.ports;
  const path = await exports.place(draft.draftId, `.${format}`);
  const { columns, rows } = await rowsToCorrect(draft.context, file, draft.draftId);
  const name = `${file.opened.name.replace(/\.(csv|tsv|txt|xlsx)(\.gz)?$/i, '')}.rejected.${format}`;
  const written = await corrections.write(
    { path, name: file.opened.name, format, columns, rows },
    draft.closing.signal,
  );
  const exportId = draft.context.ports.random.uuid();
  draft.exports.set(exportId, { path, bytes: written.bytes });
  const [oldest] = draft.exports;
  if (draft.exports.size > MAX_EXPORTS && oldest !== undefined) {
    draft.exports.delete(oldest[0]);
    await exports.remove(oldest[1].path);
  }
  return { exportId, name, ...written };
}

/** Throws draft.view-gone for one that has gone meanwhile. */
export async function exportPiece(
  draft: Draft,
  exportId: string,
  offset: number,
): Promise<{ base64: string; end: boolean }> {
  const made = draft.exports.get(exportId);
  if (made === undefined) throw viewGone();
  if (made.bytes === 0) return { base64: '', end: true };
  const { base64, bytes } = await draft.ports.exports.read(made.path, offset, PIECE_BYTES);
  return { base64, end: bytes === 0 || offset + bytes >= made.bytes };
}
