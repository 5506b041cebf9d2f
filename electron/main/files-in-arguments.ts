import { resolve } from 'node:path';

/** What a file manager may hand to Accession, and what its own dialog offers. */
export const fileKinds = ['csv', 'tsv', 'txt', 'xlsx', 'xlsm', 'gz'] as const;

const known = new RegExp(`\\.(${fileKinds.join('|')})$`, 'i');

/** Whether a file is one of the kinds that Accession opens, by its name alone. */
export function isDataFile(path: string): boolean {
  return known.test(path);
}

/**
 * The files named on a command line, as absolute paths and each once. Program, application folder and switches
 * (Chromium puts its own among them, in any place) are told apart by what they look like, because their number
 * differs between a checkout, an installed application and a second instance.
 */
export function filesInArguments(argv: readonly string[], workingDirectory: string): string[] {
  const named = argv.slice(1).filter((argument) => !argument.startsWith('-') && isDataFile(argument));
  return [...new Set(named.map((argument) => resolve(workingDirectory, argument)))];
}
