import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  commandToType,
  findToolchain,
  installDebianPackages,
} from '../../../electron/setup/system-packages.mjs';
import { contextFor, temporaryFolder, writeFiles } from './setup-context.ts';

test.each([
  [
    'Debian or Ubuntu',
    { platform: 'linux', hasApt: true, hasBrew: false, hasCompiler: true },
    'sudo apt-get install -y libfaiss-dev libopenblas-dev',
  ],
  [
    'Debian without a compiler',
    { platform: 'linux', hasApt: true, hasBrew: false, hasCompiler: false },
    'sudo apt-get install -y g++ libfaiss-dev libopenblas-dev',
  ],
  [
    'a Mac with Homebrew',
    { platform: 'darwin', hasApt: false, hasBrew: true, hasCompiler: true },
    'brew install faiss libomp',
  ],
  [
    'Linux with Homebrew',
    { platform: 'linux', hasApt: false, hasBrew: true, hasCompiler: true },
    'brew install faiss openblas',
  ],
  [
    'a system we know no command for',
    { platform: 'win32', hasApt: false, hasBrew: false, hasCompiler: false },
    null,
  ],
])('the one command on %s', (_system, system, command) => {
  expect(commandToType(system)).toBe(command);
});

test('FAISS is found where FAISS_PREFIX says, and the compiler on PATH', () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'include/faiss/Index.h': '', 'bin/g++': '' });
  chmodSync(join(folder, 'bin/g++'), 0o755);
  expect(findToolchain({ env: { FAISS_PREFIX: folder, PATH: join(folder, 'bin') } })).toEqual({
    compiler: join(folder, 'bin/g++'),
    prefix: folder,
  });
});

test('a file on PATH that may not be run is no compiler', () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'g++': '' });
  expect(findToolchain({ env: { PATH: folder } }).compiler).toBeNull();
});

/** A stand-in for apt-get that notes how it was called; `installs` are the exit codes of its installs, in order. */
function aptGet(installs: readonly number[]) {
  const folder = temporaryFolder();
  const cases = installs.map((code, index) => `${index}) code=${code};;`).join(' ');
  writeFiles(folder, {
    'apt-get': `#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "${folder}/calls"
case "$*" in *install*) ;; *) exit 0;; esac
n=$(cat "${folder}/count" 2>/dev/null || echo 0)
echo $((n + 1)) > "${folder}/count"
case $n in ${cases} esac
[ $code = 0 ] || echo 'E: Unable to locate package libfaiss-dev' >&2
exit $code
`,
  });
  chmodSync(join(folder, 'apt-get'), 0o755);
  return {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    calls: () =>
      readFileSync(join(folder, 'calls'), 'utf8')
        .trim()
        .split('\n')
        .map((call) => (/ (install|update)\b.*$/.exec(call) ?? [''])[0].trim()),
    raw: () => readFileSync(join(folder, 'calls'), 'utf8'),
  };
}

test.skipIf(process.platform === 'win32')(
  'Debian’s package list is fetched only when it does not do',
  async () => {
    const apt = aptGet([0]);
    const { context } = contextFor(temporaryFolder(), { env: apt.env });
    expect(await installDebianPackages(context, ['libfaiss-dev'])).toMatchObject({ ok: true });
    expect(apt.calls()).toEqual(['install -y --no-install-recommends libfaiss-dev']);
    expect(apt.raw()).toContain('noninteractive -qq');
  },
);

test.skipIf(process.platform === 'win32')(
  'an installation that fails is tried once more with a fresh list',
  async () => {
    const apt = aptGet([100, 0]);
    const { context } = contextFor(temporaryFolder(), { env: apt.env });
    expect(await installDebianPackages(context, ['g++'])).toMatchObject({ ok: true });
    expect(apt.calls()).toEqual([
      'install -y --no-install-recommends g++',
      'update',
      'install -y --no-install-recommends g++',
    ]);
  },
);

test.skipIf(process.platform === 'win32')(
  'packages that are not to be had come back with apt’s reason',
  async () => {
    const apt = aptGet([100, 100]);
    const { context } = contextFor(temporaryFolder(), { env: apt.env });
    expect(await installDebianPackages(context, ['libfaiss-dev'])).toEqual({
      ok: false,
      reason: 'E: Unable to locate package libfaiss-dev',
    });
  },
);
