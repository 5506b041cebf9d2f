// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The holder touches its lock this often. */
const HEARTBEAT_MS = 5_000;

/** A holder silent for so long is dead even if its process id is in use: ids come round again, in containers soon. */
export const SILENT_AFTER_MS = 120_000;

/** Taking over a dead holder's lock, or writing one's id into a new one, is a matter of milliseconds: older than this, it was killed at it. */
export const MOMENT_MS = 10_000;

const POLL_MS = 250;

/**
 * @typedef {object} Holder
 * @property {number | null} pid null while the holder has not written its id yet
 * @property {number} touchedMs epoch milliseconds of the last heartbeat
 */

/**
 * @param {string} root
 * @returns {string} path of the lock: outside node_modules, which `npm ci` deletes; one per folder and user
 */
export function lockPath(root) {
  const owner = typeof process.getuid === 'function' ? String(process.getuid()) : userInfo().username;
  const folder = createHash('sha256')
    .update(`${owner}\0${realpathSync(root)}`)
    .digest('hex')
    .slice(0, 16);
  return join(tmpdir(), `accession-setup-${folder}.lock`);
}

/**
 * @param {Holder} holder
 * @param {number} nowMs
 * @param {(pid: number) => boolean} isAlive
 * @returns {boolean} whether the lock was left behind by a process that is gone
 */
export function isStale(holder, nowMs, isAlive) {
  const silentMs = nowMs - holder.touchedMs;
  if (silentMs > SILENT_AFTER_MS) return true;
  if (holder.pid === null) return silentMs > MOMENT_MS;
  return !isAlive(holder.pid);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string} path @returns {Holder | null} */
function readHolder(path) {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return { pid: Number.isInteger(pid) ? pid : null, touchedMs: statSync(path).mtimeMs };
  } catch {
    return null;
  }
}

/** @param {string} path @returns {boolean} whether the file was created by this call: of two at once, one wins */
function create(path) {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a lock that was left behind. Two that found the same dead holder must not remove each other's new lock: whoever creates the takeover
 * file looks once more, and only then removes.
 * @param {string} path
 */
function removeStale(path) {
  const takeover = `${path}.takeover`;
  if (!create(takeover)) {
    const other = readHolder(takeover);
    if (other !== null && Date.now() - other.touchedMs > MOMENT_MS) rmSync(takeover, { force: true });
    return;
  }
  try {
    const holder = readHolder(path);
    if (holder !== null && isStale(holder, Date.now(), isAlive)) rmSync(path, { force: true });
  } finally {
    rmSync(takeover, { force: true });
  }
}

/**
 * Waits for its turn: two set-ups of one folder would delete each other's packages.
 * @param {string} path see lockPath
 * @param {(pid: number | null) => void} onWait called once, when another set-up is in the way
 * @returns {Promise<() => void>} gives the lock back; also safe to call twice
 */
export async function acquireLock(path, onWait) {
  let told = false;
  while (!create(path)) {
    const holder = readHolder(path);
    if (holder !== null && isStale(holder, Date.now(), isAlive)) {
      removeStale(path);
    } else if (holder !== null && !told) {
      told = true;
      onWait(holder.pid);
    }
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Somebody cleared the temporary folder: the work goes on, at worst beside another set-up.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return () => {
    clearInterval(heartbeat);
    if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
  };
}
