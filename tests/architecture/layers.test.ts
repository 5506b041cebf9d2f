import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RULES } from './dependency-rules.ts';
import { checkLayers } from './layers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the layers of the project', () => {
  it('hold everywhere', async () => {
    const report = await checkLayers(root);
    expect(report.violations).toEqual([]);
    // A parser that finds nothing succeeds too: the number keeps it honest.
    expect(report.modules).toBeGreaterThan(100);
  });
});

/** One forbidden import per rule: the file that is planted, and what it imports. */
const PLANTS: Record<string, { file: string; source: string; also?: Record<string, string> }> = {
  'no-cycles': {
    file: 'shared/planted-a.ts',
    source: "import './planted-b.ts';",
    also: { 'shared/planted-b.ts': "import './planted-a.ts';" },
  },
  'engine-is-pure': { file: 'electron/engine/planted.ts', source: "import 'node:fs';" },
  'shared-is-pure': { file: 'shared/planted.ts', source: "import 'papaparse';" },
  'electron-only-in-main-and-preload': { file: 'electron/cli/planted.ts', source: "import 'electron';" },
  'preload-is-thin': { file: 'electron/preload/planted.ts', source: "import 'node:path';" },
  'adapters-know-ports-and-shared': {
    file: 'electron/adapters/csv/planted.ts',
    source: "import '../../engine/load.ts';",
  },
  'adapters-do-not-know-each-other': {
    file: 'electron/adapters/csv/planted.ts',
    source: "import '../journal/planted-target.ts';",
    also: { 'electron/adapters/journal/planted-target.ts': '' },
  },
  'sql-knows-no-vendor': { file: 'electron/adapters/sql/planted.ts', source: "import 'pg';" },
  'application-stands-on-the-engine': {
    file: 'electron/application/planted.ts',
    source: "import 'node:os';",
  },
  'only-compose-knows-adapters': {
    file: 'electron/application/planted.ts',
    source: "import '../adapters/sql/session.ts';",
  },
  'doors-do-not-know-each-other': {
    file: 'electron/backend/planted.ts',
    source: "import '../cli/terminal.ts';",
  },
  'nothing-inside-knows-a-door': {
    file: 'electron/application/planted.ts',
    source: "import '../cli/terminal.ts';",
  },
  'renderer-knows-shared-only': {
    file: 'renderer/lib/planted.ts',
    source: "import '../../electron/engine/ports.ts';",
  },
  'renderer-has-no-node': { file: 'renderer/lib/planted.ts', source: "import 'node:fs';" },
  'features-do-not-know-each-other': {
    file: 'renderer/features/load/planted.ts',
    source: "import '../search/planted-target.ts';",
    also: { 'renderer/features/search/planted-target.ts': '' },
  },
  'product-does-not-know-its-tests': {
    file: 'electron/cli/planted.ts',
    source: "import '../../tests/planted-target.ts';",
    also: { 'tests/planted-target.ts': '' },
  },
};

describe('a planted forbidden import', () => {
  let tree = '';

  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'accession-layers-'));
    for (const folder of ['electron', 'shared', 'renderer'])
      cpSync(join(root, folder), join(tree, folder), { recursive: true });
    mkdirSync(join(tree, 'tests'));
    cpSync(join(root, 'package.json'), join(tree, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  });

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it('exists for every rule', () => {
    expect(Object.keys(PLANTS).toSorted()).toEqual(RULES.map((rule) => rule.name).toSorted());
  });

  it.each(Object.entries(PLANTS))('is refused by %s', async (rule, { file, source, also = {} }) => {
    const files = { ...also, [file]: source };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    try {
      const { violations } = await checkLayers(tree);
      expect(
        violations
          .filter((violation) => violation.from.includes('planted'))
          .map((violation) => violation.rule),
      ).toContain(rule);
    } finally {
      for (const path of Object.keys(files)) rmSync(join(tree, path));
    }
  });
});
