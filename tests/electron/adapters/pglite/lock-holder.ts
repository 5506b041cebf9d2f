import { lockFolder } from '../../../../electron/adapters/pglite/folder-lock.ts';

/** A process of its own that holds a folder until it is killed. */
const [, , dir] = process.argv;
if (dir === undefined) throw new Error('name the folder');
lockFolder(dir);
process.send?.('holding');
setInterval(() => undefined, 60_000);
