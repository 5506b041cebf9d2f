import type { TestServiceLocations } from './locations.mjs';

/**
 * Installs what is missing, each part on its own; never throws because of a part. Idempotent: where all is there it
 * only looks at files. What could not be had is `ready: false` in the answer, and said through `log`.
 */
export function installTestServices(options?: {
  log?: (line: string) => void;
}): Promise<TestServiceLocations>;
