import type { ParserOptions, SerializerOptions } from '@electric-sql/pglite';
import { asText, DATE, INT8, TIMESTAMP } from '../sql/wire-types.ts';

/** The same reading as the Postgres connection's; arrays of these types follow by themselves. */
export const PARSERS: ParserOptions = {
  [INT8]: Number,
  [DATE]: asText,
  [TIMESTAMP]: asText,
};

/**
 * PGlite picks a serializer by the parameter's type and knows none for a type that an extension added since it
 * started. Values come here already in wire form, so every type is served by handing them on.
 */
export const AS_PREPARED: SerializerOptions = new Proxy<SerializerOptions>(
  {},
  { get: () => (value: unknown) => value },
);

/**
 * A parameter in Postgres' text form, or bytes for its binary form, by the rules that `pg` follows: arrays become
 * Postgres arrays, other objects JSON.
 */
export function toWire(value: unknown): string | Uint8Array | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return arrayToWire(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function arrayToWire(items: readonly unknown[]): string {
  return `{${items.map(itemToWire).join(',')}}`;
}

function itemToWire(item: unknown): string {
  if (Array.isArray(item)) return arrayToWire(item);
  const text = item instanceof Uint8Array ? `\\x${Buffer.from(item).toString('hex')}` : toWire(item);
  if (text === null) return 'NULL';
  return `"${String(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
