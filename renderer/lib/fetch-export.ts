import type { ContractAccess } from './contract-context.tsx';

export interface FetchedExport {
  name: string;
  blob: Blob;
}

/**
 * Rejected rows of a file of a draft, as a file. Null where no row is rejected any more. `onProgress` is told how
 * much of it is here, from 0 to 1. Rejects with AppError, or with the signal's reason.
 */
export async function fetchExport(
  contract: ContractAccess,
  { draftId, fileNo, format }: { draftId: string; fileNo: number; format: 'csv' | 'xlsx' },
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<FetchedExport | null> {
  const { exportId, name, bytes, rows } = await contract.request(
    'drafts.export',
    { draftId, fileNo, format },
    { signal },
  );
  if (rows === 0) return null;
  const pieces: Blob[] = [];
  let fetched = 0;
  for (;;) {
    const piece = await contract.request(
      'drafts.exportPiece',
      { draftId, exportId, offset: fetched },
      { signal },
    );
    const data = bytesOf(piece.base64);
    pieces.push(new Blob([data]));
    fetched += data.byteLength;
    onProgress(bytes === 0 ? 1 : Math.min(1, fetched / bytes));
    // A piece with nothing in it would be asked for for ever.
    if (piece.end || data.byteLength === 0) break;
  }
  return { name, blob: new Blob(pieces, { type: TYPES[format] }) };
}

/** RFC 7111 and ECMA-376. */
const TYPES = {
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
