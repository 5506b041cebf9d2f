import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';

/** The engine's own sample files and golden hashes; they lie beside the project, not in it. */
const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

export const HAVE_DATA = existsSync(DATA);
export const NO_DATA = 'skipped: ../shared/data is not there';

export function dataFile(name: string): string {
  return join(DATA, name);
}

/** A whole file in one piece, by PapaParse itself: what our own reading is compared with. */
export function readData(name: string): Record<string, string>[] {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(dataFile(name), 'utf8').trim(), {
    header: true,
  });
  return data;
}
