import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from '../../../../electron/adapters/mappings/write-file.ts';
import { createRulesFile } from '../../../../electron/adapters/rules/rules-file.ts';
import type { TaughtRule } from '../../../../electron/engine/draft-port.ts';

const { signal } = new AbortController();

function rule(from: string, to: string, more: Partial<TaughtRule> = {}): TaughtRule {
  return {
    ruleId: `${from} ${to}`,
    type: 'students',
    column: 'grade_level',
    from,
    to,
    taughtAt: '2026-11-25T10:00:00.000Z',
    ...more,
  };
}

let home: string;
let path: string;
let damaged: string[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'accession-rules-'));
  path = join(home, 'accession', 'rules.json');
  damaged = [];
});
afterEach(() => rm(home, { recursive: true, force: true }));

const open = () => createRulesFile(path, { writeWhole, onDamaged: (keptAs) => void damaged.push(keptAs) });
const all = async (): Promise<string[]> =>
  (await open().all(signal)).map(({ from, to, column }) => `${column}: ${from} → ${to}`);

describe('rules that were taught', () => {
  it('are none at first, and asking leaves no file behind', async () => {
    expect(await all()).toEqual([]);
    expect(await readdir(home)).toEqual([]);
  });

  it('are kept oldest first, over a restart', async () => {
    await open().teach([rule('Grade 4', '4'), rule('fifth', '5')], signal);
    await open().teach([rule('K-2', '')], signal);
    expect(await all()).toEqual([
      'grade_level: Grade 4 → 4',
      'grade_level: fifth → 5',
      'grade_level: K-2 → ',
    ]);
    expect(await open().all(signal)).toContainEqual(rule('fifth', '5'));
  });

  it('give way to a later one for the same text, whatever its capitals, and to no other', async () => {
    const rules = open();
    await rules.teach([rule('Grade 4', '4'), rule('fifth', '5')], signal);
    await rules.teach([rule('GRADE 4', '5'), rule('fifth', '6', { column: 'age' })], signal);
    expect(await all()).toEqual(['grade_level: fifth → 5', 'grade_level: GRADE 4 → 5', 'age: fifth → 6']);
    await rules.teach([rule('fifth', '7', { type: 'books' })], signal);
    expect(await all()).toHaveLength(4);
  });

  it('are removed by their ids', async () => {
    const rules = open();
    await rules.teach([rule('a', '1'), rule('b', '2'), rule('c', '3')], signal);
    await rules.remove(['a 1', 'c 3', 'nobody'], signal);
    expect(await all()).toEqual(['grade_level: b → 2']);
  });

  it('are all there when several are taught at once', async () => {
    const rules = open();
    await Promise.all(Array.from({ length: 30 }, (_, i) => rules.teach([rule(`text ${i}`, `${i}`)], signal)));
    expect(await all()).toHaveLength(30);
  });

  it('are 5,000 at most, the oldest going first', async () => {
    const rules = open();
    await rules.teach(
      Array.from({ length: 5_000 }, (_, i) => rule(`text ${i}`, 'x')),
      signal,
    );
    await rules.teach([rule('one more', 'x')], signal);
    const kept = await rules.all(signal);
    expect([kept.length, kept[0]?.from, kept.at(-1)?.from]).toEqual([5_000, 'text 1', 'one more']);
  });

  it('can be read by their owner only', async () => {
    await open().teach([rule('a', '1')], signal);
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600');
    expect(await readdir(join(home, 'accession'))).toEqual(['rules.json']);
  });
});

describe('a file of rules', () => {
  it.each([
    ['is no JSON', '{ "version": 1, "rules": ['],
    ['is of another version', '{ "version": 2, "rules": [] }'],
    ['holds what is no rule', '{ "version": 1, "rules": [{ "from": "a" }] }'],
  ])('that %s is set aside, told of once, and a new one begun', async (_, text) => {
    await mkdir(join(home, 'accession'));
    await writeFile(path, text);
    const rules = open();
    expect(await rules.all(signal)).toEqual([]);
    expect(damaged).toHaveLength(1);
    expect(await readFile(damaged[0] ?? '', 'utf8')).toBe(text);
    await rules.teach([rule('a', '1')], signal);
    expect([await all(), damaged.length]).toEqual([['grade_level: a → 1'], 1]);
  });

  it('that cannot be read or written is told of as what it is', async () => {
    await mkdir(path, { recursive: true });
    await expect(open().all(signal)).rejects.toMatchObject({ code: 'mapping.unreadable' });
    await rm(path, { recursive: true });
    await rm(join(home, 'accession'), { recursive: true });
    await writeFile(join(home, 'accession'), 'a file where the folder would be');
    await expect(open().teach([rule('a', '1')], signal)).rejects.toMatchObject({
      code: expect.stringMatching(/^mapping\.un(readable|writable)$/),
    });
  });

  it('is not touched for somebody who has left', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(open().teach([rule('a', '1')], gone)).rejects.toThrow('gone');
    expect(await readdir(home)).toEqual([]);
  });
});
