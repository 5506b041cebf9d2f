import { z } from 'zod';
import { type About, aboutRoute } from '../../../shared/contract/about.ts';
import type { Bridge } from '../../lib/bridge.ts';

/** The event that tells of the backend's end; the main process sends it under this name. */
export const backendStoppedEvent = 'app.backend-stopped';

/** What the page knows about the process behind it. */
export type BackendState =
  | { kind: 'no-shell' }
  | { kind: 'starting' }
  | { kind: 'running'; about: About }
  | { kind: 'stopped'; message: string; hint: string };

const problem = z.object({ message: z.string(), hint: z.string() });
const aboutReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: aboutRoute.output }),
  z.object({ ok: z.literal(false), error: problem }),
]);

/** Asks the backend who it is. Never rejects: an answer that is none counts as stopped. */
export async function askBackend(bridge: Bridge): Promise<BackendState> {
  try {
    const reply = aboutReply.parse(await bridge.request(aboutRoute.name, {}));
    return reply.ok ? { kind: 'running', about: reply.value } : stoppedBecause(reply.error);
  } catch {
    return stoppedBecause(null);
  }
}

/** The state to show for an error report from the other side; tolerant, because the page must not fail over it. */
export function stoppedBecause(report: unknown): BackendState {
  const parsed = problem.safeParse(report);
  return parsed.success
    ? { kind: 'stopped', message: parsed.data.message, hint: parsed.data.hint }
    : {
        kind: 'stopped',
        message: 'The part of Accession that does the work gave no usable answer.',
        hint: 'Close Accession and open it again.',
      };
}
