import { describe, expect, test } from 'vitest';
import { relayEvents } from '../../../electron/engine/relay.ts';
import { row, setUp, unreachable } from './relay-setup.ts';

describe('an abort', () => {
  const stop = () => new AbortController();
  const reason = new Error('asked to stop');
  const books = () => row(1, 'books', { kind: 'books', bookIds: ['B1'] });

  test.each(['ready', 'plan', 'sent'] as const)(
    'at %s throws its reason and keeps what is not marked',
    async (step) => {
      const controller = stop();
      const { outbox, run } = setUp([books()]);
      const original = outbox[step] as (...args: unknown[]) => Promise<never>;
      Object.assign(outbox, {
        [step]: (...args: unknown[]) => {
          controller.abort(reason);
          return original(...args);
        },
      });
      await expect(run(null, controller.signal)).rejects.toBe(reason);
      expect(outbox.rows).toHaveLength(1);
    },
  );

  test('while asking for partitions, sending or waiting throws its reason and keeps the row', async () => {
    for (const at of ['partitions', 'send', 'wait'] as const) {
      const controller = stop();
      const act = (): void => {
        controller.abort(reason);
        throw unreachable();
      };
      const fail = (): void => {
        throw unreachable();
      };
      const { deps, outbox } = setUp([books()], {
        ...(at === 'partitions' ? { onPartitions: act } : {}),
        ...(at === 'send' ? { onSend: act } : {}),
        ...(at === 'wait' ? { onSend: fail } : {}),
      });
      const running = relayEvents(
        { ...deps, onWait: () => controller.abort(reason) },
        { loadId: null },
        () => {},
        controller.signal,
      );
      await expect(running).rejects.toBe(reason);
      expect(outbox.rows).toHaveLength(1);
    }
  });
});
