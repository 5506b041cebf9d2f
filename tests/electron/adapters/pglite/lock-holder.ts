import { lockFolder } from '../../../../electron/adapters/pglite/folder-lock.ts';

/** A process of its own that holds a folder until it is killed. */
const [, , dir] = process.argv;
if (dir === undefined) throw new Error('name the folder');
lockFolder(dir);
// The collector may take away what nobody refers to, but not the lock.
globalThis.gc?.();
await new Promise((resolve) => setImmediate(resolve));
globalThis.gc?.();
process.send?.('holding');
setInterval(() => undefined, 60_000);
