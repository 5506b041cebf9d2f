/*
 * Kafka's first question, ApiVersions (https://kafka.apache.org/protocol.html#The_Messages_ApiVersions): every
 * broker answers it to everybody, before any login, and since version 3 says which features it supports. kafkajs
 * asks it too, but keeps neither the features nor what went wrong on the way.
 */

const API_VERSIONS = 18;
const VERSION = 3;
const CORRELATION_ID = 0x61_63_63;

export function apiVersionsRequest(): Buffer {
  const clientId = Buffer.from('accession');
  const header = Buffer.alloc(10);
  header.writeInt16BE(API_VERSIONS, 0);
  header.writeInt16BE(VERSION, 2);
  header.writeInt32BE(CORRELATION_ID, 4);
  header.writeInt16BE(clientId.length, 8);
  const noTags = Buffer.from([0]);
  const software = Buffer.concat([Buffer.from([clientId.length + 1]), clientId]);
  const softwareVersion = Buffer.concat([Buffer.from([2]), Buffer.from('1')]);
  const body = Buffer.concat([header, clientId, noTags, software, softwareVersion, noTags]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length, 0);
  return Buffer.concat([size, body]);
}

export interface ApiVersionsAnswer {
  /** Highest level of `metadata.version` that the broker knows; null where it does not say (ZooKeeper, older ones). */
  metadataLevel: number | null;
}

/** Null while `bytes` is not yet a whole answer; throws RangeError or Error where it never will be one. */
export function parseApiVersions(bytes: Buffer): ApiVersionsAnswer | null {
  if (bytes.length < 10) {
    if (bytes.length >= 8) ensureOurs(bytes);
    return null;
  }
  ensureOurs(bytes);
  if (bytes.length < 4 + bytes.readInt32BE(0)) return null;
  // A broker too old for version 3 answers with an error and in the form of version 0.
  if (bytes.readInt16BE(8) !== 0) return { metadataLevel: null };
  const cursor = { at: 10 };
  const apis = uvarint(bytes, cursor) - 1;
  for (let n = 0; n < apis; n += 1) {
    cursor.at += 6;
    skipTags(bytes, cursor);
  }
  cursor.at += 4;
  const tags = uvarint(bytes, cursor);
  for (let n = 0; n < tags; n += 1) {
    const tag = uvarint(bytes, cursor);
    const size = uvarint(bytes, cursor);
    // Tag 0: the features that the broker's own release supports.
    if (tag === 0) return { metadataLevel: metadataLevel(bytes.subarray(cursor.at, cursor.at + size)) };
    cursor.at += size;
  }
  return { metadataLevel: null };
}

function ensureOurs(bytes: Buffer): void {
  const size = bytes.readInt32BE(0);
  if (size < 6 || size > 1_000_000 || bytes.readInt32BE(4) !== CORRELATION_ID)
    throw new Error('This is no answer to ApiVersions.');
}

function metadataLevel(bytes: Buffer): number | null {
  const cursor = { at: 0 };
  const features = uvarint(bytes, cursor) - 1;
  for (let n = 0; n < features; n += 1) {
    const length = uvarint(bytes, cursor) - 1;
    const name = bytes.toString('utf8', cursor.at, cursor.at + length);
    const highest = bytes.readInt16BE(cursor.at + length + 2);
    if (name === 'metadata.version') return highest;
    cursor.at += length + 4;
    skipTags(bytes, cursor);
  }
  return null;
}

function skipTags(bytes: Buffer, cursor: { at: number }): void {
  const tags = uvarint(bytes, cursor);
  for (let n = 0; n < tags; n += 1) {
    uvarint(bytes, cursor);
    cursor.at += uvarint(bytes, cursor);
  }
}

function uvarint(bytes: Buffer, cursor: { at: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes.readUInt8(cursor.at);
    cursor.at += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
    if (shift > 28) throw new RangeError('This number never ends.');
  }
}

/** Last level of each release, as Kafka's own `kafka-storage.sh version-mapping` prints them. */
const RELEASES: readonly (readonly [level: number, release: string])[] = [
  [7, '3.3'],
  [8, '3.4'],
  [11, '3.5'],
  [14, '3.6'],
  [19, '3.7'],
  [20, '3.8'],
  [21, '3.9'],
  [25, '4.0'],
  [27, '4.1'],
  [29, '4.2'],
  [30, '4.3'],
];

/** `Kafka 4.3`, or null where the broker does not say. A release from after this table counts as newer than its last. */
export function kafkaVersion(level: number | null): string | null {
  if (level === null || level < 1) return null;
  const release = RELEASES.find(([last]) => level <= last)?.[1];
  return release === undefined ? `Kafka, newer than ${RELEASES.at(-1)?.[1]}` : `Kafka ${release}`;
}
