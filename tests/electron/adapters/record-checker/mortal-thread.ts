import { parentPort } from 'node:worker_threads';

/* The checking thread, but one that dies of tasks of kind `changes`: at once, or of an error where they are repairs. */

parentPort?.addEventListener('message', (event) => {
  const { task } = (event as MessageEvent<{ task: { kind: string; rule?: { kind: string } } }>).data;
  if (task.kind !== 'changes') return;
  if (task.rule?.kind !== 'repair') process.exit(3);
  event.stopImmediatePropagation();
  throw new RangeError('out of memory, say');
});
await import('../../../../electron/adapters/record-checker/check-thread.ts');
