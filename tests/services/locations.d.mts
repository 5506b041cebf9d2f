export interface TestServiceLocations {
  cacheDir: string;
  /** util-linux's flock(1), which the index lock uses; null where there is none. */
  flockBin: string | null;
  /** A Chromium of the system, or CHROMIUM_EXECUTABLE: shows the pages of the tests; null where there is none. */
  chromiumBin: string | null;
  postgres: { dir: string; binDir: string; ready: boolean };
  kafka: {
    dir: string;
    jarsDir: string;
    /** A formatted, empty storage folder to copy for each broker. */
    formattedDir: string;
    /** Class-data-sharing archive; the file may be missing, then a start takes a second longer. */
    classArchive: string;
    javaBin: string | null;
    ready: boolean;
  };
  python: { dir: string; bin: string; ready: boolean };
}

/** Looks at files only: no child process, a few milliseconds. */
export function locateTestServices(env?: NodeJS.ProcessEnv): TestServiceLocations;
export function which(name: string, env?: NodeJS.ProcessEnv): string | null;
export const SERVICES_SOURCE: string;
export const COMPLETE: string;
