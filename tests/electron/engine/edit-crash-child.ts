import { writeSync } from 'node:fs';
import { planBulkEdit } from '../../../electron/engine/bulk-edits.ts';
import { createEditSession } from '../../../electron/engine/edit-session.ts';
import { createEditBench } from './edit-harness.ts';

/**
 * Goes on with a check in DIR and edits it without end, until it is killed: `node edit-crash-child.ts DIR LOAD
 * SEED`. Says on stdout, unbuffered and one line each, what it begins and what was done.
 */
const [dir = '', loadId = '', seed = '0'] = process.argv.slice(2);
const checked = await createEditBench(dir).reopen(loadId);
if (checked === null) throw new Error('The check cannot be opened again.');
const session = createEditSession(checked.context, checked.files, () => null);
const say = (...words: string[]): void => {
  writeSync(1, `${words.join(' ')}\n`);
};

/** mulberry32, a small generator whose numbers are the same for the same seed. */
let state = Number(seed);
const below = (limit: number): number => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % limit;
};

say('ready');
for (let i = 0; ; i += 1) {
  const label = `operation-${seed}-${i}`;
  const file = checked.files[below(checked.files.length)];
  if (file === undefined) throw new Error('The check has no files.');
  const { fileNo, facts } = file;
  switch (below(6)) {
    case 0:
      say('undo');
      if ((await session.undo()) !== null) say('done');
      else say('nothing');
      break;
    case 1:
      say('redo');
      if ((await session.redo()) !== null) say('done');
      else say('nothing');
      break;
    case 2: {
      const rows = Array.from({ length: 40 }, () => 1 + below(facts.rows));
      say('new', label);
      if ((await session.skip(label, fileNo, rows, below(2) === 0)) !== null) say('done');
      else say('nothing');
      break;
    }
    case 3: {
      const rule = {
        kind: 'replace',
        find: String(below(10)),
        replacement: String(below(10)),
        whole: false,
        matchCase: true,
      } as const;
      const plan = await planBulkEdit(checked.context, file, { kind: 'change', position: 0, rule });
      say('new', label);
      if ((await session.edit(label, plan.edits)) !== null) say('done');
      else say('nothing');
      break;
    }
    default: {
      const edits = Array.from({ length: 1 + below(20) }, () => ({
        fileNo,
        row: 1 + below(facts.rows),
        position: below(3),
        text: below(4) === 0 ? null : `B${below(60)}`,
      }));
      say('new', label);
      if ((await session.edit(label, edits)) !== null) say('done');
      else say('nothing');
    }
  }
}
