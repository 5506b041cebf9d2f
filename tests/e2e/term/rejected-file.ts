import { readFileSync } from 'node:fs';
import Papa from 'papaparse';

/** What a saved CSV of rejected rows holds: of each row its first cell, and what is said to be wrong. */
export function rejectedIn(path: string): string[][] {
  const { data } = Papa.parse<string[]>(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), {
    skipEmptyLines: true,
  });
  const [header = [], ...rows] = data;
  const reasons = header.indexOf('What is wrong');
  return rows.map((cells) => [cells[0] ?? '', cells[reasons] ?? '']);
}
