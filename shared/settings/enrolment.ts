import type { SavedProfile } from './profile.ts';
import { crc32Hex } from './profile-checksum.ts';
import { checkProfile, type ProfileDraft } from './profile-problems.ts';
import { portable } from './saved-profiles-exchange.ts';

/*
 * A profile in one line, to be sent to a colleague: `accession://enrol?v=1&p=<base64url of JSON>&c=<CRC-32>`, or
 * the same without the scheme (`accession-enrol.1.<payload>.<checksum>`), which survives as the fragment of an https
 * address and in chats that open no foreign schemes. What equals a default is left out. It holds no secrets.
 */

const ENROLMENT_VERSION = 1;
/** Certificates are the longest part; browsers and mail programs pass on about this much. */
const MAX_LENGTH = 32_000;
const NO_ID = '00000000-0000-4000-8000-000000000000';

export interface EnrolmentLink {
  /** Opens Accession where it is installed. */
  link: string;
  /** The same for pasting. */
  text: string;
}

/** Throws nothing; the link of a profile with long certificates may be too long for some programs. */
export function enrolmentLinkOf(profile: SavedProfile): EnrolmentLink {
  const payload = toBase64Url(JSON.stringify(compacted(profile)));
  const checksum = crc32Hex(payload);
  return {
    link: `accession://enrol?v=${ENROLMENT_VERSION}&p=${payload}&c=${checksum}`,
    text: `accession-enrol.${ENROLMENT_VERSION}.${payload}.${checksum}`,
  };
}

export type ReadEnrolment = { ok: true; draft: ProfileDraft } | { ok: false; problem: string };

/** The profile of a link or text, wherever it stands in what was pasted; still to be checked. Never throws. */
export function readEnrolment(pasted: string): ReadEnrolment {
  if (pasted.length > MAX_LENGTH * 2) return { ok: false, problem: NO_LINK };
  const found = partsOf(pasted);
  if (found === null) return { ok: false, problem: NO_LINK };
  if (found.version !== String(ENROLMENT_VERSION))
    return {
      ok: false,
      problem: 'This link was made by a newer version of Accession. Update Accession here first.',
    };
  if (crc32Hex(found.payload) !== found.checksum) return { ok: false, problem: DAMAGED };
  try {
    const draft: unknown = JSON.parse(fromBase64Url(found.payload));
    if (typeof draft !== 'object' || draft === null || Array.isArray(draft))
      return { ok: false, problem: DAMAGED };
    return { ok: true, draft: draft as ProfileDraft };
  } catch {
    return { ok: false, problem: DAMAGED };
  }
}

const NO_LINK =
  'This is no enrolment link of Accession. It begins with accession://enrol or accession-enrol.';
const DAMAGED = 'This enrolment link is damaged or was cut off. Copy it again as a whole.';

function partsOf(pasted: string): { version: string; payload: string; checksum: string } | null {
  // Mail programs break long lines.
  const text = pasted.replace(/\s+/g, '');
  const match =
    /accession:\/\/enrol\/?\?v=(\d+)&p=([\w-]*)&c=([0-9a-f]*)/i.exec(text) ??
    /accession-enrol\.(\d+)\.([\w-]*)\.([0-9a-f]*)/i.exec(text);
  if (match === null) return null;
  const [, version = '', payload = '', checksum = ''] = match;
  return { version, payload, checksum: checksum.slice(0, 8).toLowerCase() };
}

/** Takes out every setting without which the profile reads the same. */
function compacted(profile: SavedProfile): Record<string, unknown> {
  const whole = JSON.stringify(portable(profile));
  const compact: Record<string, unknown> = structuredClone(portable(profile));
  const readsTheSame = (): boolean => {
    const checked = checkProfile(NO_ID, compact, []);
    return checked.ok && JSON.stringify(portable(checked.profile)) === whole;
  };
  const thin = (part: Record<string, unknown>): void => {
    for (const [key, value] of Object.entries(part)) {
      delete part[key];
      if (readsTheSame()) continue;
      part[key] = value;
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        thin(value as Record<string, unknown>);
    }
  };
  thin(compact);
  return compact;
}

function toBase64Url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Throws where the text is no base64 or no UTF-8. */
function fromBase64Url(text: string): string {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
  );
}
