// Loaded with `node --import` into the process that runs the built main process: from here on, `electron` is the stand-in.
import { registerHooks } from 'node:module';

const electron = new URL('./electron.ts', import.meta.url).href;
// Packages import the whole of it (`import electron from 'electron'`), the application its parts.
const source = `import * as electron from ${JSON.stringify(electron)};\nexport * from ${JSON.stringify(electron)};\nexport { electron as default };\n`;
const url = `data:text/javascript,${encodeURIComponent(source)}`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url, shortCircuit: true }
      : next(specifier, context),
});
