import { hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { CheckReply, CheckRequest, CheckTask, ResultOf, SentResult } from './check-messages.ts';
import { packIssues } from './packed-issues.ts';
import { createTaskRunner } from './run-task.ts';

/* What a checking thread does: tasks come in, results go out with their arrays handed over, not copied. */

const runner = createTaskRunner({ sha256Hex: (text) => hash('sha256', text, 'hex') });

parentPort?.on('message', ({ id, task }: CheckRequest) => {
  let reply: CheckReply;
  const handedOver: ArrayBuffer[] = [];
  try {
    reply = { id, ok: true, result: sent(runner.run(task), handedOver) };
  } catch (error) {
    reply = { id, ok: false, error };
  }
  parentPort?.postMessage(reply, handedOver);
});

function sent(result: ResultOf[CheckTask['kind']], handedOver: ArrayBuffer[]): SentResult {
  if (!('issues' in result)) return result;
  const { states, keys, refs } = result.facts;
  for (const part of [states, keys, refs]) if (part !== null) handedOver.push(part.buffer as ArrayBuffer);
  return { ...result, issues: packIssues(result.issues) };
}
