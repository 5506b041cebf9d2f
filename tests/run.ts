import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * The test command: formatter and linter, types, then every test (the layers among them). `--quick` leaves
 * out what needs a service, and says so. The reporter's closing line is the last thing printed.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const quick = process.argv.includes('--quick');
const passedOn = process.argv.slice(2).filter((argument) => argument !== '--quick');

const STEPS: { title: string; bin: string; args: string[] }[] = [
  { title: 'Format and lint', bin: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings', '.'] },
  { title: 'Types', bin: 'typescript/bin/tsc', args: ['-p', '.'] },
  {
    title: quick ? 'Tests without services' : 'Tests',
    bin: 'vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=./tests/closing-line.ts', ...passedOn],
  },
];

for (const step of STEPS) {
  process.stdout.write(`\n── ${step.title}\n`);
  const { status } = spawnSync(process.execPath, [`${root}node_modules/${step.bin}`, ...step.args], {
    cwd: root,
    stdio: 'inherit',
    env: quick ? { ...process.env, ACCESSION_TEST_SERVICES: 'off' } : process.env,
  });
  if (status !== 0) process.exit(status ?? 1);
}
