import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { expect } from 'vitest';

/** A secret, or what a row says of a student, that no other text has: found again in whatever form it leaks. */
export interface Mark {
  /** For the report: the mark itself must not be printed. */
  name: string;
  /** As it is entered. */
  text: string;
  /** The part of it that is looked for; letters and digits only, so that escaping leaves it whole. */
  core: string;
}

/** `around`: what it stands in, such as a password with characters that JSON, addresses and shells write otherwise. */
export function markOf(name: string, around: (core: string) => string = (core) => core): Mark {
  const core = `c4n${randomBytes(9).toString('hex')}`;
  return { name, core, text: around(core) };
}

/** Marks a text that cannot be made up, such as a key: 32 letters and digits out of its middle. */
export function markIn(name: string, text: string): Mark {
  const runs = [...text.matchAll(/[A-Za-z0-9]{12,}/g)].map(([run]) => run);
  const core = runs.toSorted((a, b) => b.length - a.length)[0] ?? '';
  if (core.length < 12) throw new Error(`There is nothing to look for in ${name}.`);
  return { name, core, text };
}

/** The ways in which a core may be written. */
function formsOf(core: string): string[] {
  const bytes = Buffer.from(core);
  const percent = [...bytes].map((byte) => `%${byte.toString(16)}`).join('');
  return [
    core,
    // By where it begins in a longer text, base64 has three forms; what its neighbours share is cut off.
    ...[0, 1, 2].flatMap((before) => {
      const whole = Buffer.concat([Buffer.alloc(before), bytes]);
      const text = whole
        .toString('base64')
        .slice(Math.ceil((before * 4) / 3), Math.floor((whole.length * 4) / 3));
      return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
    }),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    percent,
    percent.toUpperCase(),
    [...core].join('\0'),
    [...core].toReversed().join(''),
  ];
}

/** The names of the marks that stand in the text, in any form. */
export function marksIn(text: string, marks: readonly Mark[]): string[] {
  return marks
    .filter(({ core }) => formsOf(core).some((form) => text.includes(form)))
    .map(({ name }) => name);
}

export function expectNone(channel: string, content: unknown, marks: readonly Mark[]): void {
  const text = typeof content === 'string' ? content : wholeOf(content);
  expect(marksIn(text, marks), `${channel} holds`).toEqual([]);
}

/** As it is printed, and as it crosses between processes, bytes included. */
function wholeOf(content: unknown): string {
  return `${JSON.stringify(content)} ${serialize(content).toString('latin1')}`;
}

/** `except`: the one place where secrets are kept. Resolves to how many files were looked into. */
export function expectNoneInFiles(
  dir: string,
  marks: readonly Mark[],
  except: readonly string[] = [],
): number {
  let files = 0;
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (except.includes(name) || !statSync(join(dir, name)).isFile()) continue;
    expectNone(`the file ${name}`, `${name} ${readFileSync(join(dir, name), 'latin1')}`, marks);
    files += 1;
  }
  return files;
}
