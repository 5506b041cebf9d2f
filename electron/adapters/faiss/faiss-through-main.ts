import type { NoticeFromBackend, NoticeToBackend } from '../../../shared/desktop/notices.ts';
import type { FaissChannel } from './faiss-fork.ts';
import type { FaissReply, FaissRequest } from './faiss-messages.ts';

/** FAISS processes that the desktop's main process runs for the backend, which cannot start any itself. */
export interface FaissThroughMain {
  /** For FaissIndexOptions.startFaiss. */
  startFaiss: () => FaissChannel;
  /** Takes a message of main's; false where it is about something else. */
  receive(message: unknown): boolean;
}

type Listener = Parameters<FaissChannel['listen']>[0];

/** `post` gives main a message; what main sends goes to `receive`. */
export function faissThroughMain(post: (notice: NoticeFromBackend) => void): FaissThroughMain {
  const open = new Map<number, { reply: (reply: FaissReply) => void; end: (how: string) => void }>();
  let lastChannel = 0;

  function startFaiss(): FaissChannel {
    lastChannel += 1;
    const channel = lastChannel;
    let how: string | null = null;
    let listener: Listener | null = null;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    open.set(channel, {
      reply: (reply) => listener?.reply(reply),
      end(reason) {
        how = reason;
        listener?.end(reason);
        resolve();
      },
    });
    post({ kind: 'faiss-start', channel });
    return {
      send: (request: FaissRequest) => post({ kind: 'faiss-send', channel, request }),
      listen(next) {
        listener = next;
        if (how !== null) next.end(how);
      },
      // The backend lives until main ends it; a FAISS process neither keeps it alive nor outlives it.
      hold() {},
      release() {},
      kill: () => post({ kind: 'faiss-kill', channel }),
      pid: undefined,
      ended,
    };
  }

  return {
    startFaiss,
    receive(message) {
      if (!isFaissNotice(message)) return false;
      const child = open.get(message.channel);
      if (message.kind === 'faiss-reply') child?.reply(message.reply as FaissReply);
      else {
        open.delete(message.channel);
        child?.end(message.how);
      }
      return true;
    },
  };
}

function isFaissNotice(
  message: unknown,
): message is Extract<NoticeToBackend, { kind: 'faiss-reply' | 'faiss-ended' }> {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  return message.kind === 'faiss-reply' || message.kind === 'faiss-ended';
}
