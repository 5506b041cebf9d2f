import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { faissEnvironment } from '../../shared/desktop/faiss-environment.ts';

/** Starts the process that holds application, engine and adapters. */
export function forkBackend(outDir: string): UtilityProcess {
  return utilityProcess.fork(join(outDir, 'main', 'backend.js'), [], {
    serviceName: 'Accession backend',
    // As the command line starts itself: what a million rows pass through stays at a few megabytes.
    execArgv: ['--max-semi-space-size=8'],
  });
}

/** Starts the process that holds FAISS: without our settings, and with its last words to be read. */
export function forkFaissProcess(outDir: string): UtilityProcess {
  return utilityProcess.fork(join(outDir, 'main', 'faiss-process.js'), [], {
    serviceName: 'Accession search index',
    env: faissEnvironment(process.env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
