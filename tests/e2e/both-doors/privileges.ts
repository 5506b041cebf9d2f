import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Account {
  uid: number;
  gid: number;
}

/** Of the account nobody on every Linux. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

/**
 * Under whom a door's process has to run to be refused what an ordinary person is refused: nobody where the tests
 * run as root, who may write anywhere; null where they are unprivileged themselves.
 */
export const UNPRIVILEGED: Account | null = isRoot ? NOBODY : null;

const checkout = join(import.meta.dirname, '..', '..', '..');

/** Under whom a door's process runs; null: as the tests do. `tooMighty`: why it may still write anywhere, or null. */
export function doorAccount(takesAccount: boolean): { account: Account | null; tooMighty: string | null } {
  if (process.platform === 'win32') return { account: null, tooMighty: 'Windows knows no such right' };
  if (UNPRIVILEGED === null) return { account: null, tooMighty: null };
  if (takesAccount && mayRun(UNPRIVILEGED)) return { account: UNPRIVILEGED, tooMighty: null };
  return { account: null, tooMighty: 'root may write anywhere, and nobody else can run this here' };
}

/** A checkout under /root is closed to any other account. */
function mayRun(account: Account): boolean {
  const read = `require('node:fs').accessSync(process.argv[1])`;
  const file = join(checkout, 'node_modules', 'playwright-core', 'package.json');
  return spawnSync(process.execPath, ['-e', read, file], { cwd: '/', ...account }).status === 0;
}

/** Why a small disk cannot be made here; null where it can. Containers have root, but seldom the right to mount. */
export function noSmallDisk(): string | null {
  if (process.platform !== 'linux' || !isRoot) return 'needs root on Linux';
  const folder = mkdtempSync(join(tmpdir(), 'accession-mount-'));
  try {
    mountSmallDisk(folder, '1m');
    unmount(folder);
    return null;
  } catch {
    return 'needs the right to mount';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts a disk in memory on a folder, writable for everybody. `size` as mount takes it, such as `2m`. */
export function mountSmallDisk(folder: string, size: string): void {
  mount(['-t', 'tmpfs', '-o', `size=${size},mode=1777`, 'tmpfs', folder]);
}

/** Gives a disk that is mounted another size; what is on it stays. */
export function resizeDisk(folder: string, size: string): void {
  mount(['-o', `remount,size=${size}`, folder]);
}

function unmount(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'ignore' });
}

/** Takes a small disk away again; nothing happens where there is none. */
export function unmountIfMounted(folder: string): void {
  try {
    unmount(folder);
  } catch {
    // It was none.
  }
}

function mount(argv: string[]): void {
  execFileSync('mount', argv, { stdio: 'ignore' });
}
