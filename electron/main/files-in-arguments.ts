import { resolve } from 'node:path';
import { isTableFile } from '../../shared/table-files.ts';

/**
 * The files named on a command line, as absolute paths and each once. Program, application folder and switches
 * (Chromium puts its own among them, in any place) are told apart by what they look like, because their number
 * differs between a checkout, an installed application and a second instance.
 */
export function filesInArguments(argv: readonly string[], workingDirectory: string): string[] {
  const named = argv.slice(1).filter((argument) => !argument.startsWith('-') && isTableFile(argument));
  return [...new Set(named.map((argument) => resolve(workingDirectory, argument)))];
}
