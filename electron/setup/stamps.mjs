// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a step left behind: that its work is done, or that it was given up for now.
 * @typedef {object} Stamp
 * @property {'done' | 'given-up'} outcome
 * @property {string} key what the result depends on; another key makes the step due again
 * @property {string} circumstances what may turn a failure into a success (a compiler that appeared, a mirror that was named)
 * @property {string} at ISO-8601 UTC
 */

/**
 * What a step sees of the world without starting anything: a few small files at most, so that a start with nothing to do stays fast.
 * @typedef {object} Inspection
 * @property {string} key
 * @property {string} circumstances
 * @property {boolean} present whether the thing this step makes is where it belongs
 */

/** A step that failed is tried again after a day: long enough not to slow every start, short enough to notice a mended network. */
export const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * The stamps live inside node_modules because most of what they vouch for does: whoever deletes that folder deletes both.
 * @param {string} root folder of package.json
 */
export function cacheFolder(root) {
  return join(root, 'node_modules', '.cache', 'accession');
}

/**
 * @param {readonly unknown[]} parts
 * @returns {string} 64 hex digits; different parts give different keys, also when their texts run together
 */
export function keyOf(parts) {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * @param {string} path
 * @returns {string | null} SHA-256 of the file in hex, or null when it is not there
 */
export function fileHash(path) {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return null;
  }
}

/**
 * @param {string} path
 * @returns {any} the parsed file, or null when it is missing or not JSON (half-written by something that was killed)
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** @param {string} root @param {string} step */
function stampPath(root, step) {
  return join(cacheFolder(root), `${step}.json`);
}

/**
 * @param {string} root
 * @param {string} step
 * @returns {Stamp | null} null also for a damaged stamp: the step then simply runs again
 */
export function readStamp(root, step) {
  const stamp = readJson(stampPath(root, step));
  const known = stamp?.outcome === 'done' || stamp?.outcome === 'given-up';
  return known && typeof stamp.key === 'string' ? stamp : null;
}

/** @param {string} root @param {string} step @param {Stamp} stamp */
export function writeStamp(root, step, stamp) {
  const path = stampPath(root, step);
  mkdirSync(cacheFolder(root), { recursive: true });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify(stamp, null, 2)}\n`);
  renameSync(aside, path);
}

/** @param {string} root @param {string} step */
export function removeStamp(root, step) {
  rmSync(stampPath(root, step), { force: true });
}

/**
 * Whether a step has to run.
 * @param {Stamp | null} stamp
 * @param {Inspection} inspection
 * @param {number} nowMs
 * @returns {boolean}
 */
export function isDue(stamp, inspection, nowMs) {
  if (stamp === null || stamp.key !== inspection.key) return true;
  if (stamp.outcome === 'done') return !inspection.present;
  if (stamp.circumstances !== inspection.circumstances) return true;
  const ageMs = nowMs - Date.parse(stamp.at);
  // A stamp from the future (a clock set back) or without a readable time must not hold the step off for ever.
  return !(ageMs >= 0 && ageMs < RETRY_AFTER_MS);
}
