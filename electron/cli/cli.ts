#!/usr/bin/env node
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
