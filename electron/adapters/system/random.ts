import { randomUUID } from 'node:crypto';
import type { Random } from '../../engine/ports.ts';

/** `next` is for jitter and sampling, never for secrets. */
export function createSystemRandom(): Random {
  return { next: () => Math.random(), uuid: () => randomUUID() };
}
