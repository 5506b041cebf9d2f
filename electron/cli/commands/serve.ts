import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { EVENTS } from '../../../shared/contract/events.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { AppError, toAppError, traceOf } from '../../../shared/errors.ts';
import { contractHandlers } from '../../application/contract-handlers.ts';
import { createEventHub } from '../../backend/event-hub.ts';
import { createFileIds } from '../../backend/file-ids.ts';
import { createRouter, type ReportInternalError } from '../../backend/router.ts';
import { openContractParts } from '../../compose/contract-parts.ts';
import { homeDirOf } from '../../compose/profile.ts';
import { findChosenProfile } from '../../compose/saved-profile.ts';
import { openServing, type Serving } from '../../compose/serving.ts';
import { type BrowserDoor, type BrowserDoorOptions, openBrowserDoor } from '../../server/browser-door.ts';
import { openMetricsPort } from '../../server/metrics-port.ts';
import { builtPageDir } from '../../server/page-files.ts';
import { readPassword } from '../../server/password-file.ts';
import { readTlsFiles, type TlsFiles } from '../../server/tls-files.ts';
import { watchLoads } from '../../server/watch-loads.ts';
import { openInBrowser } from '../open-browser.ts';
import { EXIT, reportError } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';

export interface ServeOptions {
  json?: boolean;
  profile?: string;
  host: string;
  /** Left out: `usualPort`, or another where that is taken. */
  port?: number;
  usualPort: number;
  tlsCert?: string;
  tlsKey?: string;
  maxUploadMb: number;
  metricsPort?: number;
  open?: boolean;
}

/** The package that keeps files whole at the end (when-exit) sends a signal on to the process it came to. */
const SAME_SIGNAL_MS = 250;

/** Serves until it is asked to stop (Ctrl-C, SIGTERM). Resolves to the exit code. */
export async function serveCommand(
  terminal: Terminal,
  options: ServeOptions,
  version: string,
): Promise<number> {
  const json = options.json === true;
  const stop = new AbortController();
  let firstAt = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (!stop.signal.aborted) {
      firstAt = performance.now();
      stop.abort();
    } else if (performance.now() - firstAt > SAME_SIGNAL_MS) {
      // Who asks a second time is not asked to wait.
      letGo();
      process.kill(process.pid, signal);
    }
  };
  const letGo = (): void => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const releases: (() => Promise<void>)[] = [];
  try {
    const profile = await findChosenProfile(process.env, options.profile ?? null, terminal.say);
    const serving = openServing(profile, version);
    releases.push(serving.close);
    await serving.composition.home();
    const tls = await tlsOf(options, serving);
    const behind = await openBehind(serving, version);
    releases.push(behind.close);
    const door = await openDoor(terminal, options, { ...behind, serving, tls, version });
    releases.push(door.close);
    if (options.metricsPort !== undefined) {
      const metrics = await openMetricsPort(options.host, options.metricsPort, serving.metrics.text);
      releases.push(metrics.close);
    }
    door.announce();
    behind.begin();
    serving.log.info('serving', { host: options.host, port: door.port, version });
    if (!json) terminal.print(terminal.style.dim('Press Ctrl-C to end it.'));
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    serving.log.info('stopping', {});
    return EXIT.done;
  } catch (thrown) {
    return reportError(terminal, json, thrown);
  } finally {
    for (const release of releases.reverse()) await release();
    letGo();
  }
}

/** What answers a connected page: the same as behind the desktop's. */
async function openBehind(serving: Serving, version: string) {
  const { log, metrics, composition } = serving;
  const onInternalError: ReportInternalError = (error) => log.error('internal', error);
  const notify = (message: string): void => log.warn('notice', { message });
  const events = createEventHub({ events: EVENTS, serverId: randomUUID(), onInternalError });
  const parts = await openContractParts({
    homeDir: homeDirOf(process.env),
    // None of the environment's: whoever is signed in may point a profile at a server of their own and test it. The
    // server's own profile was composed with them at the start, where no page can change its servers.
    secrets: { variables: {} },
    onNotice: ({ message }) => notify(message),
    notify,
    draftChanged: (draftId, revision) => events.publish('drafts.changed', draftId, { draftId, revision }),
    own: composition,
  });
  parts.settings.profiles.onChange(() => events.publish('profiles.changed', null, {}));
  watchLoads(parts.loads, { events, log, metrics });
  const about = { name: 'Accession', version, nodeVersion: process.versions.node };
  return {
    events,
    router: createRouter(ROUTES, contractHandlers({ about, ...parts }), onInternalError),
    /** Goes on with loads that an earlier process left behind. */
    begin: () =>
      void parts.loads.desk
        .takeUp()
        .catch((thrown) => log.error('take-up-failed', { code: toAppError(thrown).code })),
    onClientGone: (client: string): void =>
      void parts.drafts.desk
        .clientGone(client)
        .catch((thrown) => onInternalError({ where: 'client-gone', trace: traceOf(toAppError(thrown)) })),
    async close() {
      await parts.loads.desk.close();
      await parts.drafts.desk.close();
    },
  };
}

async function openDoor(
  terminal: Terminal,
  options: ServeOptions,
  behind: Pick<BrowserDoorOptions, 'router' | 'events' | 'tls' | 'version' | 'onClientGone'> & {
    serving: Serving;
  },
): Promise<BrowserDoor> {
  const { serving, ...parts } = behind;
  const { log, metrics } = serving;
  const homeDir = homeDirOf(process.env);
  let first = true;
  const door: BrowserDoorOptions = {
    ...parts,
    host: options.host,
    port: options.port ?? options.usualPort,
    passwordHash: () => readPassword(homeDir),
    announce(url) {
      terminal.print(
        options.json === true ? JSON.stringify({ url }) : `Open Accession at ${terminal.style.bold(url)}`,
      );
      if (first && options.open === true) openInBrowser(url, homeDir);
      first = false;
    },
    rendererDir: builtPageDir(),
    uploadsDir: join(homeDir, 'workspace', 'uploads'),
    fileIds: createFileIds(),
    readiness: serving.readiness,
    metricsText: metrics.text,
    log,
    metrics,
    limits: { uploads: { maxBytes: options.maxUploadMb * 1024 * 1024 } },
  };
  try {
    return await openBrowserDoor(door);
  } catch (thrown) {
    const isTaken = thrown instanceof AppError && thrown.code === 'serve.unavailable';
    if (options.port !== undefined || !isTaken) throw thrown;
    terminal.say(`Port ${options.usualPort} is in use, so another one is taken.`);
    return openBrowserDoor({ ...door, port: 0 });
  }
}

async function tlsOf({ tlsCert, tlsKey }: ServeOptions, { log }: Serving): Promise<TlsFiles | null> {
  if (tlsCert === undefined && tlsKey === undefined) return null;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new AppError({
      code: 'usage.invalid',
      message: 'A certificate works with its key only.',
      hint: 'Give both --tls-cert FILE and --tls-key FILE, or neither.',
    });
  const tls = await readTlsFiles(tlsCert, tlsKey, Date.now());
  if (tls.warning !== null) log.warn('notice', { message: tls.warning });
  return tls;
}
