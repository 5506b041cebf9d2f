import { expect, test } from 'vitest';
import {
  inspectPackages,
  installPackages,
  isInstalled,
  npmCommand,
  packagesHint,
} from '../../../electron/setup/packages.mjs';
import { contextFor, temporaryFolder, writeFiles } from './setup-context.ts';

const LOCK = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/pg': { version: '8.23.1', integrity: 'sha512-a' },
    'node_modules/for-another-system': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
};
const PG = { version: '8.23.1', integrity: 'sha512-a' };
const everywhere = () => true;

test('packages that the lock asks for and npm put there count as installed', () => {
  expect(isInstalled(LOCK, { packages: { 'node_modules/pg': PG } }, everywhere)).toBe(true);
});

test.each([
  ['a package is missing', {}],
  ['a package has another version', { 'node_modules/pg': { ...PG, version: '8.23.0' } }],
  ['a package has other contents', { 'node_modules/pg': { ...PG, integrity: 'sha512-z' } }],
])('packages are installed again when %s', (_fact, packages) => {
  expect(isInstalled(LOCK, { packages }, everywhere)).toBe(false);
});

test('packages are installed again when a folder was deleted by hand', () => {
  expect(
    isInstalled(LOCK, { packages: { 'node_modules/pg': PG } }, (path) => path !== 'node_modules/pg'),
  ).toBe(false);
});

test('packages are installed again when npm did not come to its end', () => {
  expect(isInstalled(LOCK, null, everywhere)).toBe(false);
});

test('a folder that is installed already is left alone', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    'package-lock.json': JSON.stringify(LOCK),
    'node_modules/.package-lock.json': JSON.stringify({ packages: { 'node_modules/pg': PG } }),
    'node_modules/pg/package.json': '{}',
  });
  // There is no npm on this PATH: had it been needed, the outcome would be another.
  const { context, said } = contextFor(root);
  expect(await installPackages(context)).toEqual({ outcome: 'done' });
  expect(said).toEqual([]);
});

test('an installation that fails says so in npm’s words and what to do', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    'package-lock.json': JSON.stringify(LOCK),
    'npm-cli.js':
      'console.error("npm error code ENOTFOUND\\nnpm error getaddrinfo ENOTFOUND registry.example"); process.exit(1);',
  });
  const { context } = contextFor(root, { env: { npm_execpath: `${root}/npm-cli.js` } });
  const result = await installPackages(context);
  expect(result).toMatchObject({
    outcome: 'fatal',
    message: expect.stringContaining('npm error code ENOTFOUND'),
  });
  expect(result).toMatchObject({ message: expect.stringContaining('network connection') });
});

test('npm is asked for a clean installation without scripts, with what tests and Node 24 need', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    'package-lock.json': JSON.stringify(LOCK),
    'npm-cli.js':
      'require("node:fs").writeFileSync("arguments.json", JSON.stringify(process.argv.slice(2)));',
  });
  const { context } = contextFor(root, { env: { npm_execpath: `${root}/npm-cli.js` }, platform: 'linux' });
  expect(await installPackages(context)).toEqual({ outcome: 'done' });
  const { default: args } = await import(`${root}/arguments.json`, { with: { type: 'json' } });
  expect(args).toEqual(
    expect.arrayContaining([
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--loglevel=error',
    ]),
  );
});

test('a changed lock file makes the packages due', () => {
  const root = temporaryFolder();
  const { context } = contextFor(root);
  writeFiles(root, { 'package-lock.json': JSON.stringify(LOCK) });
  const before = inspectPackages(context).key;
  writeFiles(root, { 'package-lock.json': JSON.stringify({ packages: {} }) });
  expect(inspectPackages(context).key).not.toBe(before);
});

test('another package tool that runs the script is not mistaken for npm', () => {
  const root = temporaryFolder();
  writeFiles(root, { 'npm-cli.js': '', 'yarn.js': '' });
  expect(npmCommand({ npm_execpath: `${root}/npm-cli.js`, npm_node_execpath: '/node' }, 'linux')).toEqual({
    command: '/node',
    args: [`${root}/npm-cli.js`],
    shell: false,
  });
  expect(npmCommand({ npm_execpath: `${root}/yarn.js` }, 'linux').command).toBe('npm');
  expect(npmCommand({}, 'win32')).toEqual({ command: 'npm.cmd', args: [], shell: true });
});

test.each([
  ['npm error code EUSAGE', 'do not belong together'],
  ['npm error code ENOSPC', 'disk is full'],
  ['npm error code EACCES', 'another user'],
  ['npm error network read ECONNRESET', 'network connection'],
  ['something unheard of', 'delete the folder node_modules'],
])('%s comes with its own advice', (output, advice) => {
  expect(packagesHint(output)).toContain(advice);
});
