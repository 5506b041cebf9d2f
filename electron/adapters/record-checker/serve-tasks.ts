import { hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { CheckedRange, Rechecked } from '../../engine/checker-port.ts';
import type { CheckReply, CheckRequest } from './check-messages.ts';
import { createTaskRunner } from './run-task.ts';

/* What a checking thread does: tasks come in, results go out with their arrays handed over, not copied. */

const runner = createTaskRunner({ sha256Hex: (text) => hash('sha256', text, 'hex') });

parentPort?.on('message', ({ id, task }: CheckRequest) => {
  let reply: CheckReply;
  const handedOver: ArrayBuffer[] = [];
  try {
    const result = runner.run(task);
    if (task.kind !== 'changes') {
      const { facts } = result as CheckedRange | Rechecked;
      for (const part of [facts.states, facts.keys, facts.refs])
        if (part !== null) handedOver.push(part.buffer as ArrayBuffer);
    }
    reply = { id, ok: true, result };
  } catch (error) {
    reply = { id, ok: false, error };
  }
  parentPort?.postMessage(reply, handedOver);
});
