#!/usr/bin/env -S node --max-semi-space-size=8
// The flag keeps what a million rows pass through at a few megabytes; without it all works, and takes 100 MB more.
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// Before anything else is imported, so that the cache covers it.
enableCompileCache();
const [{ runProgram }, { processTerminal }] = await Promise.all([
  import('./program.ts'),
  import('./terminal.ts'),
]);

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
process.exitCode = await runProgram(process.argv.slice(2), manifest.version, processTerminal(process.env));
