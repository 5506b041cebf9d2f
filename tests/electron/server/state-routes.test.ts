import { expect, test } from 'vitest';
import { openMetricsPort } from '../../../electron/server/metrics-port.ts';
import { createStateRoutes } from '../../../electron/server/state-routes.ts';
import { openDoor } from './door.ts';

test('health, readiness and metrics are answered without a session', async () => {
  const parts = { database: { ok: false, code: 'db.unreachable' }, index: { ok: true, code: null } };
  const door = await openDoor({ readiness: async () => ({ ready: false, parts }) });
  expect(await door.get('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
  const ready = await door.get('/readyz');
  expect(ready.status).toBe(503);
  expect(JSON.parse(ready.body)).toEqual({ status: 'not-ready', parts });
  expect(await door.get('/metrics')).toMatchObject({ status: 200, body: 'accession_loads_total 0\n' });
});

test('the process is healthy also while it cannot say whether it is ready', async () => {
  const door = await openDoor({
    readiness: async () => {
      throw new Error('canary');
    },
  });
  expect(await door.get('/healthz')).toMatchObject({ status: 200 });
  expect(await door.get('/readyz')).toMatchObject({ status: 503, body: '{"status":"failed"}\n' });
});

test('however often it is asked, readiness is looked at once in a while, and never twice at once', async () => {
  let looks = 0;
  const routes = createStateRoutes({
    readiness: async () => {
      looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { ready: true, parts: {} };
    },
    metrics: async () => ({ type: 'text/plain', body: '' }),
    freshMs: 1_000,
  });
  await Promise.all(Array.from({ length: 50 }, () => routes.answer('/readyz')));
  await routes.answer('/readyz');
  expect(looks).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 1_030));
  await routes.answer('/readyz');
  expect(looks).toBe(2);
});

test('a metrics port of its own answers nothing but /metrics', async () => {
  const metrics = await openMetricsPort('127.0.0.1', 0, async () => ({ type: 'text/plain', body: 'up 1\n' }));
  const at = `http://127.0.0.1:${metrics.port}`;
  expect(await (await fetch(`${at}/metrics`)).text()).toBe('up 1\n');
  expect((await fetch(`${at}/readyz`)).status).toBe(404);
  expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(404);
  await metrics.close();
});
