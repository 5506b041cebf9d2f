#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// Before anything else is imported, so that the cache covers it.
enableCompileCache();
const [{ runProgram }, { processTerminal }, { endOnUncaught }] = await Promise.all([
  import('./program.ts'),
  import('./terminal.ts'),
  import('../compose/uncaught.ts'),
]);

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const terminal = processTerminal(process.env);
endOnUncaught(({ name, frames }) =>
  terminal.say([`Something went wrong inside Accession, and it has to end (${name}).`, ...frames].join('\n')),
);
process.exitCode = await terminal.ended(await runProgram(process.argv.slice(2), manifest.version, terminal));
