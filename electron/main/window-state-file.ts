import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseWindowState, type WindowState } from './window-state.ts';

/** Keeps the window's state in one small file. Neither call throws: a window opens and closes without it as well. */
export interface WindowStateFile {
  read(): WindowState | null;
  /** At once and whole: the old state or the new one is in the file, never half of it. */
  write(state: WindowState): void;
}

export function windowStateFile(path: string): WindowStateFile {
  return {
    read() {
      try {
        return parseWindowState(readFileSync(path, 'utf8'));
      } catch {
        return null;
      }
    },
    write(state) {
      const written = `${path}.new`;
      try {
        writeFileSync(written, JSON.stringify(state));
        renameSync(written, path);
      } catch {
        // A full disk or a read-only folder: the window opens in the middle of the screen next time.
        rmSync(written, { force: true });
      }
    },
  };
}
