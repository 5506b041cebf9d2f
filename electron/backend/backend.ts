import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EVENTS } from '../../shared/contract/events.ts';
import type { RelayFromBackend } from '../../shared/contract/relay.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { KeychainQuestion } from '../../shared/desktop/keychain.ts';
import type { NoticeFromBackend, NoticeToBackend } from '../../shared/desktop/notices.ts';
import { contractHandlers } from '../application/contract-handlers.ts';
import { openContractParts } from '../compose/contract-parts.ts';
import { homeDirOf } from '../compose/profile.ts';
import { endOnUncaught } from '../compose/uncaught.ts';
import { createEventHub } from './event-hub.ts';
import { createFileIds } from './file-ids.ts';
import { keychainThroughMain } from './keychain-through-main.ts';
import { createPageSessions, DESKTOP_CLIENT, isRelayed } from './page-sessions.ts';
import { publishLoadEvent } from './publish-loads.ts';
import { createRouter, type ReportInternalError } from './router.ts';

/** What of Electron's parent port is used here; `electron` itself is imported in main and preload only. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  postMessage(message: RelayFromBackend | KeychainQuestion | NoticeFromBackend): void;
}

/** The crash log gets where it happened; what was said stays here: it may quote somebody's row. */
function tellOfCrashes(port: ParentPort): void {
  endOnUncaught(({ name, frames }) => {
    port.postMessage({ kind: 'crashing', name, stack: frames.join('\n') });
    process.stderr.write(`${JSON.stringify({ level: 'error', crash: name, trace: frames.join('\n') })}\n`);
  });
}

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
if (parentPort === undefined) {
  process.stderr.write('This file is the backend of the Accession window and is started by it.\n');
  process.exitCode = 2;
} else {
  tellOfCrashes(parentPort);
  const receive = open(parentPort);
  // Listened to at once: what main says before everything is open waits for it, in order.
  parentPort.on('message', async ({ data }) => (await receive)(data));
}

async function open(port: ParentPort): Promise<(message: unknown) => void> {
  // Two folders up is the application's root from here and from out/main/backend.js.
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const about = { name: 'Accession', version: manifest.version, nodeVersion: process.versions.node };
  const log = (line: object): boolean => process.stderr.write(`${JSON.stringify(line)}\n`);
  const onInternalError: ReportInternalError = (error) => log({ level: 'error', ...error });

  const keychain = keychainThroughMain((question) => port.postMessage(question));
  const parts = await openContractParts({
    homeDir: homeDirOf(process.env),
    secrets: { encrypter: keychain.encrypter },
    onNotice: ({ message }) => log({ level: 'warn', message }),
    notify: (message) => log({ level: 'warn', message }),
    draftChanged: (draftId, revision) => events.publish('drafts.changed', draftId, { draftId, revision }),
    postToMain: (notice) => port.postMessage(notice),
  });
  const events = createEventHub({ events: EVENTS, serverId: randomUUID(), onInternalError });
  parts.settings.profiles.onChange(() => events.publish('profiles.changed', null, {}));
  parts.loads.desk.onEvent((event) => {
    publishLoadEvent(events, event);
    if (event.kind === 'load-failed') {
      const { loadId, error, trace } = event;
      log({ level: 'error', loadId, code: error.code, trace });
    }
    port.postMessage({ kind: 'load-event', event });
  });
  const handlers = contractHandlers({ about, ...parts });
  const fileIds = createFileIds();
  const receivePage = createPageSessions({
    router: createRouter(ROUTES, handlers, onInternalError),
    events,
    files: fileIds.filesOf(DESKTOP_CLIENT),
    version: about.version,
    toMain: (message) => port.postMessage(message),
  });

  void parts.loads.desk.takeUp();
  return (message) => {
    if (isRelayed(message)) receivePage(message);
    else if (isFileChosen(message)) fileIds.adopt(DESKTOP_CLIENT, message.fileId, message.path);
    else if (!parts.receiveFromMain(message)) keychain.receive(message);
  };
}

/** Main is ours, so its messages are told apart by their kind alone. */
function isFileChosen(message: unknown): message is Extract<NoticeToBackend, { kind: 'file-chosen' }> {
  return (
    typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'file-chosen'
  );
}
