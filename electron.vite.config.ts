import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import rendererConfig from './renderer/vite.config.ts';

const root = import.meta.dirname;

/** Programs of their own, each a file in out/main that something starts by its name. */
const programs = {
  main: 'electron/main/main.ts',
  backend: 'electron/backend/backend.ts',
  cli: 'electron/cli/cli.ts',
  'faiss-process': 'electron/adapters/faiss/faiss-process.ts',
  'check-thread': 'electron/adapters/record-checker/check-thread.ts',
};

function present(entries: Record<string, string>): Record<string, string> {
  const paths = Object.entries(entries).map(([name, path]) => [name, join(root, path)] as const);
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path)));
}

/**
 * Dependencies stay outside the bundles (electron-vite's default); what is ours is bundled. Shared chunks lie
 * flat beside the programs: every file of out/main is then two folders below the root, as electron/<part>/*.ts
 * is, and a URL relative to `import.meta.url` written there means the same before and after the build.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node24',
      sourcemap: true,
      rolldownOptions: {
        input: present(programs),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node24',
      rolldownOptions: {
        input: { preload: join(root, 'electron/preload/preload.ts') },
        // A sandboxed preload is no module and may require `electron` only.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...rendererConfig,
    // Said again: electron-vite bundles this file, and `import.meta.dirname` of a bundled import is this folder's.
    root: join(root, 'renderer'),
    build: {
      target: 'chrome146',
      minify: true,
      // Small files are not turned into data: URLs: the content security policy allows none.
      assetsInlineLimit: 0,
      rolldownOptions: { input: join(root, 'renderer/index.html') },
    },
  },
});
