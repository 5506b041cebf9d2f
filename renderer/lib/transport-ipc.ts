import { errorReportSchema } from '../../shared/contract/envelope.ts';
import type { Bridge } from './bridge.ts';
import type { Transport } from './transport.ts';

/** The way through the desktop's main process, which starts the backend when it is not running. */
export function ipcTransport(bridge: Bridge): Transport {
  return {
    mayDieSilently: false,
    connect(listener) {
      let open = true;
      const stop = bridge.listen(
        (message) => {
          if (open) listener.onMessage(message);
        },
        (error) => {
          if (!open) return;
          close();
          listener.onClose({ error: errorReportSchema.safeParse(error).data ?? null, final: false });
        },
      );

      function close(): void {
        open = false;
        stop();
      }

      queueMicrotask(() => {
        if (open) listener.onOpen();
      });
      return {
        send(message) {
          if (open) bridge.post(message);
        },
        close,
      };
    },
  };
}
