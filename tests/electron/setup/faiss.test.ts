import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bringFaiss, inspectFaiss } from '../../../electron/setup/faiss.mjs';
import { compileArguments, faissLibrary, faissWorks } from '../../../electron/setup/faiss-build.mjs';
import { contextFor, PROJECT_ROOT, temporaryFolder, writeFiles } from './setup-context.ts';

/** faiss-node as npm unpacks it, without the library that its install script would bring. */
function projectWithFaissNode(): string {
  const root = temporaryFolder();
  const modules = join(PROJECT_ROOT, 'node_modules');
  for (const part of ['package.json', 'lib', 'src']) {
    cpSync(join(modules, 'faiss-node', part), join(root, 'node_modules', 'faiss-node', part), {
      recursive: true,
    });
  }
  for (const name of ['bindings', 'file-uri-to-path']) {
    symlinkSync(join(modules, name), join(root, 'node_modules', name));
  }
  return root;
}

test('a library that does not load is not taken for FAISS', async () => {
  const root = projectWithFaissNode();
  writeFiles(root, { 'node_modules/faiss-node/build/Release/faiss-node.node': 'half a download' });
  expect(await faissWorks(contextFor(root).context)).toBe(false);
});

test.skipIf(!existsSync(faissLibrary(PROJECT_ROOT)))(
  'the library that this checkout uses answers a search',
  async () => {
    expect(await faissWorks(contextFor(PROJECT_ROOT).context)).toBe(true);
  },
);

/** A stand-in for the tool that fetches ready-made libraries: `body` runs in faiss-node's folder. */
function addPrebuildInstall(root: string, body: string): void {
  writeFiles(root, {
    'node_modules/prebuild-install/package.json': '{"name":"prebuild-install"}',
    'node_modules/prebuild-install/bin.js': `
      const fs = require('node:fs');
      if (!process.argv.join(' ').includes('--runtime napi')) process.exit(2);
      fs.mkdirSync('build/Release', { recursive: true });
      ${body}`,
  });
}

test('a ready-made library that does not load here is thrown away', async () => {
  const root = projectWithFaissNode();
  addPrebuildInstall(root, `fs.writeFileSync('build/Release/faiss-node.node', 'for another system');`);
  expect(await bringFaiss(contextFor(root, { env: { PATH: '' } }).context)).toEqual({ outcome: 'given-up' });
  expect(existsSync(faissLibrary(root))).toBe(false);
});

test.skipIf(!existsSync(faissLibrary(PROJECT_ROOT)))('a ready-made library that loads is used', async () => {
  const root = projectWithFaissNode();
  const library = JSON.stringify(faissLibrary(PROJECT_ROOT));
  addPrebuildInstall(root, `fs.copyFileSync(${library}, 'build/Release/faiss-node.node');`);
  const { context, said } = contextFor(root, { env: { PATH: '' } });
  expect(await bringFaiss(context)).toEqual({ outcome: 'done' });
  expect(said).toEqual(['the FAISS library: fetched']);
});

test('where FAISS cannot be had, the set-up goes on and says how to run without and how to get it', async () => {
  const root = projectWithFaissNode();
  const { context, said } = contextFor(root, { env: { PATH: '' } });
  expect(await bringFaiss(context)).toEqual({ outcome: 'given-up' });
  expect(said[0]).toContain('there is no C++ compiler');
  expect(said[1]).toContain('VECTOR_STORE_TYPE=pgvector');
  expect(said).toHaveLength(2);
});

test('a compiler that appears changes the circumstances, and so ends the wait after a failure', () => {
  const root = projectWithFaissNode();
  const without = inspectFaiss(contextFor(root, { env: { PATH: '' } }).context);
  const withOne = inspectFaiss(contextFor(root, { env: { PATH: '', CXX: '/opt/bin/c++' } }).context);
  expect(withOne.circumstances).not.toBe(without.circumstances);
  expect(withOne.key).toBe(without.key);
});

test('another source file, system or processor makes the library due', () => {
  const root = projectWithFaissNode();
  const { context } = contextFor(root, { platform: 'linux', arch: 'x64' });
  const keys = [
    inspectFaiss(context).key,
    inspectFaiss({ ...context, arch: 'arm64' }).key,
    inspectFaiss({ ...context, platform: 'darwin' }).key,
  ];
  writeFiles(root, { 'node_modules/faiss-node/src/faiss.cc': '// patched' });
  keys.push(inspectFaiss(context).key);
  expect(new Set(keys).size).toBe(4);
});

const BUILD = { root: '/project', shim: '/cache/shim.h', output: '/out.node', standard: 'c++17' };

test('on Linux the library links to FAISS, OpenBLAS and OpenMP after its source', () => {
  const args = compileArguments({ ...BUILD, platform: 'linux', prefix: '/usr' });
  const source = args.indexOf('/project/node_modules/faiss-node/src/faiss.cc');
  expect(args.slice(source).filter((arg) => arg.startsWith('-l'))).toEqual([
    '-lfaiss',
    '-lopenblas',
    '-lgomp',
  ]);
  expect(args).toEqual(
    expect.arrayContaining(['-shared', '-fPIC', '-DNAPI_VERSION=8', '-DNAPI_CPP_EXCEPTIONS', '-std=c++17']),
  );
  expect(args.filter((arg) => arg.startsWith('-L'))).toEqual([]);
});

test('on a Mac the library links to Homebrew’s FAISS and OpenMP and Apple’s own BLAS', () => {
  const args = compileArguments({ ...BUILD, platform: 'darwin', prefix: '/opt/homebrew/opt/faiss' });
  expect(args).toEqual(
    expect.arrayContaining([
      '-bundle',
      '-I/opt/homebrew/opt/faiss/include',
      '-L/opt/homebrew/opt/faiss/lib',
      '-L/opt/homebrew/opt/libomp/lib',
      '-lomp',
      'Accelerate',
    ]),
  );
  expect(args).not.toContain('-lopenblas');
});
