import { createRunningLoads } from '../../../../electron/adapters/running-loads/running-loads-folder.ts';

/* A process that notes the loads it is told of, and lives until it is killed. */
const [dir = '', ...loadIds] = process.argv.slice(2);
const running = createRunningLoads(dir);
for (const [number, loadId] of loadIds.entries())
  await running.note({
    loadId,
    profileId: null,
    place: 'sandbox',
    startedAt: `2026-11-25T10:20:3${loadIds.length - number}.000Z`,
    stopping: false,
  });
process.stdout.write('noted\n');
setInterval(() => undefined, 1_000);
