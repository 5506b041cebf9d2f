import type { Page } from 'playwright-core';
import { shellTexts } from '../../../renderer/texts/shell.ts';
import type { PageBridge } from './page.ts';

/** A message of the backend, or `closed` by main. */
export interface Heard {
  kind: string;
  id?: number;
  seq?: number;
  server?: string;
  // biome-ignore lint/suspicious/noExplicitAny: specs read whatever the contract promises.
  payload?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  reply?: any;
  error?: { code: string; message: string; hint: string; retryable: boolean };
}

/** How a spec takes part in its page's own connection, which the page's client keeps and takes up again. */
export interface ContractClient {
  /** What came to the page so far, the page's own included, in order. */
  heard(): Promise<Heard[]>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  ask(route: string, input: unknown): Promise<any>;
  /** Waits until something came that is as told, and returns it. `after`: how much had come before what counts. */
  hear(what: { kind: string; event?: string; step?: string }, after?: number): Promise<Heard>;
  /** Follows an event; over a new connection it asks for what it has not heard, as the page's client does. */
  follow(event: string, scope: string | null): Promise<void>;
}

/** Returns when the page is connected. */
export async function contractClient(page: Page): Promise<ContractClient> {
  // What is said before the page has been welcomed is not heard.
  await page.getByText(shellTexts.connection.open, { exact: true }).waitFor();
  await page.evaluate(() => {
    const { accession } = window as unknown as { accession: PageBridge };
    const heard: Heard[] = [];
    const followed: { event: string; scope: string | null }[] = [];
    const cursors = new Map<string, { server: string; seq: number }>();
    const live = new Map<number, string>();
    // Above every number that the page itself counts up to.
    let lastId = 1_000_000;
    // Whose run it was before the first welcome that is heard here does not matter: another one has another name.
    let server = 'an earlier run';
    const subscribe = (event: string, scope: string | null): void => {
      lastId += 1;
      const key = JSON.stringify([event, scope]);
      live.set(lastId, key);
      accession.post({ kind: 'subscribe', id: lastId, event, scope, after: cursors.get(key) ?? null });
    };
    accession.listen(
      (raw) => {
        const message = raw as Heard;
        heard.push(message);
        if (message.kind === 'welcome') {
          server = message.server ?? server;
          for (const { event, scope } of followed) subscribe(event, scope);
        }
        const key = live.get(message.id ?? 0);
        if (key === undefined || message.seq === undefined) return;
        cursors.set(key, { server, seq: message.seq });
        if (message.kind !== 'subscribed') accession.post({ kind: 'ack', id: message.id, seq: message.seq });
      },
      (error) => {
        live.clear();
        heard.push({ kind: 'closed', error: error as NonNullable<Heard['error']> });
      },
    );
    const client = {
      heard,
      follow(event: string, scope: string | null) {
        followed.push({ event, scope });
        subscribe(event, scope);
      },
      async ask(route: string, input: unknown) {
        lastId += 1;
        const id = lastId;
        accession.post({ kind: 'request', id, route, input });
        for (;;) {
          const answer = heard.find((message) => message.kind === 'answer' && message.id === id);
          if (answer !== undefined) return answer.reply;
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      },
    };
    Object.assign(window, { spec: client });
  });
  return {
    heard: () => page.evaluate(() => (window as unknown as Spec).spec.heard),
    hear: async (what, after = 0) => {
      const found = await page.waitForFunction(
        ([wanted, from]) =>
          (window as unknown as Spec).spec.heard
            .slice(from)
            .find(
              ({ kind, payload }) =>
                kind === wanted.kind &&
                (wanted.event === undefined || payload?.kind === wanted.event) &&
                (wanted.step === undefined || payload?.step === wanted.step),
            ),
        [what, after] as const,
        // As often as the page is drawn: a test that kills something must not come too late.
        { timeout: 30_000, polling: 'raf' },
      );
      return (await found.jsonValue()) as Heard;
    },
    ask: (route, input) =>
      page.evaluate(([name, given]) => (window as unknown as Spec).spec.ask(name, given), [
        route,
        input,
      ] as const),
    follow: (event, scope) =>
      page.evaluate(([name, of]) => (window as unknown as Spec).spec.follow(name, of), [
        event,
        scope,
      ] as const),
  };
}

interface Spec {
  spec: {
    heard: Heard[];
    ask(route: string, input: unknown): Promise<unknown>;
    follow(event: string, scope: string | null): void;
  };
}
