import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';
import { onlyEnglish } from './only-english.ts';

/**
 * The renderer, built for the window (electron.vite.config.ts takes this object) and served alone where there is
 * no Electron. `strictPort` is off: a second checkout may run beside the first.
 */
const rendererConfig = {
  root: import.meta.dirname,
  plugins: [react(), onlyEnglish()],
  server: { host: '127.0.0.1', port: 5173 },
  preview: { host: '127.0.0.1', port: 4173 },
} satisfies UserConfig;

export default rendererConfig;
