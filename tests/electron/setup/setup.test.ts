import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { STEPS, type Step, type StepResult, setUp } from '../../../electron/setup/setup.mjs';
import { readStamp } from '../../../electron/setup/stamps.mjs';
import { contextFor, PROJECT_ROOT, temporaryFolder, writeFiles } from './setup-context.ts';

/** A step that is present from its first run on, and counts its runs. */
function countedStep(name: string, result: StepResult = { outcome: 'done' }) {
  const counted = { runs: 0, present: false };
  const step: Step = {
    name,
    inspect: () => ({ key: 'k', circumstances: 'c', present: counted.present }),
    perform: async () => {
      counted.runs += 1;
      counted.present = result.outcome === 'done';
      await new Promise((resolve) => setImmediate(resolve));
      return result;
    },
  };
  return { step, counted };
}

test('what has been done once is not done again, except by force or when it is gone', async () => {
  const { context, said } = contextFor(temporaryFolder());
  const { step, counted } = countedStep('thing');
  expect(await setUp(context, { force: false, steps: [step] })).toBeNull();
  expect(await setUp(context, { force: false, steps: [step] })).toBeNull();
  expect(counted.runs).toBe(1);
  await setUp(context, { force: true, steps: [step] });
  expect(counted.runs).toBe(2);
  counted.present = false;
  await setUp(context, { force: false, steps: [step] });
  expect(counted.runs).toBe(3);
  expect(said).toEqual([]);
});

test('what was given up is not tried at every start', async () => {
  const { context } = contextFor(temporaryFolder());
  const { step, counted } = countedStep('thing', { outcome: 'given-up' });
  await setUp(context, { force: false, steps: [step] });
  await setUp(context, { force: false, steps: [step] });
  expect(counted.runs).toBe(1);
  await setUp(context, { force: true, steps: [step] });
  expect(counted.runs).toBe(2);
});

test('a step without which nothing works ends the set-up, and is tried at the next start', async () => {
  const { context } = contextFor(temporaryFolder());
  const failing = countedStep('first', { outcome: 'fatal', message: 'no disk' });
  const after = countedStep('second');
  const steps = [failing.step, after.step];
  expect(await setUp(context, { force: false, steps })).toBe('no disk');
  expect(await setUp(context, { force: false, steps })).toBe('no disk');
  expect(failing.counted.runs).toBe(2);
  expect(after.counted.runs).toBe(0);
});

test('packages that are replaced take what was built in them along, and it is built again', async () => {
  const { context } = contextFor(temporaryFolder());
  const first = countedStep('packages');
  const second = countedStep('faiss');
  const replacing: Step = {
    ...first.step,
    perform: (given) => {
      rmSync(join(given.root, 'node_modules'), { recursive: true, force: true });
      second.counted.present = false;
      return first.step.perform(given);
    },
  };
  const steps = [replacing, second.step];
  await setUp(context, { force: false, steps });
  first.counted.present = false;
  await setUp(context, { force: false, steps });
  expect([first.counted.runs, second.counted.runs]).toEqual([2, 2]);
});

test('a set-up that was killed in the middle of a step has no stamp for it', async () => {
  const { context } = contextFor(temporaryFolder());
  const { step, counted } = countedStep('thing');
  await setUp(context, { force: false, steps: [step] });
  expect(readStamp(context.root, 'thing')).not.toBeNull();
  let during: unknown = 'not looked';
  const looking: Step = {
    ...step,
    perform: async (given) => {
      during = readStamp(given.root, 'thing');
      return step.perform(given);
    },
  };
  await setUp(context, { force: true, steps: [looking] });
  expect(during).toBeNull();
  expect(counted.runs).toBe(2);
});

test('of two set-ups at once, one works and the other finds the work done', async () => {
  const { context, said } = contextFor(temporaryFolder());
  const { step, counted } = countedStep('thing');
  await Promise.all([
    setUp(context, { force: false, steps: [step] }),
    setUp(context, { force: false, steps: [step] }),
  ]);
  expect(counted.runs).toBe(1);
  expect(said).toEqual([expect.stringContaining('Another set-up of this folder is at work')]);
});

test('packages come first and Node before what is built and fetched with it', () => {
  expect(STEPS.map((step) => step.name)).toEqual(['packages', 'node', 'faiss', 'electron']);
});

test('an option that is not known is wrong usage', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(PROJECT_ROOT, 'electron/setup/setup.mjs'), '--tets'],
    {
      encoding: 'utf8',
    },
  );
  expect(status).toBe(2);
  expect(stderr).toContain('--tets');
});

test('every file of the set-up starts on Node’s own modules alone', () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'package.json': '{"type":"module"}' });
  // Copied to where no package is to be found: an import of one would fail here.
  const script = `
    import { cpSync, readdirSync } from 'node:fs';
    cpSync(process.argv[1], 'setup', { recursive: true });
    const names = readdirSync('setup').filter((name) => name.endsWith('.mjs') && !['dev.mjs', 'start.mjs', 'accession.mjs'].includes(name));
    for (const name of names) await import(process.cwd() + '/setup/' + name);
    console.log(names.includes('setup.mjs'));
  `;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, join(PROJECT_ROOT, 'electron/setup')],
    { cwd: folder, encoding: 'utf8' },
  );
  expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
});
