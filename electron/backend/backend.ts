import { readFileSync } from 'node:fs';
import { answerRequest, type BackendRequest } from './router.ts';

/** What of Electron's parent port is used here; `electron` itself is imported in main and preload only. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: BackendRequest }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
if (parentPort === undefined) {
  process.stderr.write('This file is the backend of the Accession window and is started by it.\n');
  process.exitCode = 2;
} else {
  // Two folders up is the application's root from here and from out/main/backend.js.
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const about = { name: 'Accession', version: manifest.version, nodeVersion: process.versions.node };
  parentPort.on('message', async ({ data }) => {
    parentPort.postMessage(await answerRequest(data, about));
  });
}
