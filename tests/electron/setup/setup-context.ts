import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Context } from '../../../electron/setup/setup.mjs';

/** The checkout these tests belong to. */
export const PROJECT_ROOT = join(import.meta.dirname, '..', '..', '..');

/** A folder that goes when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'accession-setup-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by their path below `root`. */
export function writeFiles(root: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** A project of its own on this system, and every line that its set-up says. */
export function contextFor(
  root: string,
  overrides: Partial<Context> = {},
): { context: Context; said: string[] } {
  const said: string[] = [];
  const context: Context = {
    root,
    env: { PATH: '' },
    platform: process.platform,
    arch: process.arch,
    asRoot: false,
    say: {
      line: (line) => void said.push(line),
      start: (what) => (outcome) => void said.push(`${what}: ${outcome}`),
    },
    ...overrides,
  };
  return { context, said };
}
