import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { vi } from 'vitest';
import { connectTo, type Serving, signInAt } from '../serving.ts';
import type { CanaryDoor } from './canary-door.ts';

export interface ServedDoor extends CanaryDoor {
  cookie: string;
  subscriptions: Map<number, string>;
  /** Every answer over HTTP, headers included, but the one that sets the cookie. */
  answers: string[];
  get(path: string, more?: RequestInit): Promise<string>;
}

/** The address of a new token, as whoever started the server sees it. */
export async function newAddress(serving: Serving): Promise<string> {
  const before = serving.stdout();
  const headers = { origin: serving.origin };
  await fetch(`${serving.origin}/sign-in/link`, { method: 'POST', headers, redirect: 'manual' });
  return vi.waitFor(() => {
    const url = /https?:\/\/[^\s"]+/.exec(serving.stdout().slice(before.length))?.[0];
    if (url === undefined) throw new Error('No address was shown.');
    return url;
  });
}

/** The page of a browser that signs in at a running server, at its first address or at `url`. */
export async function openServed(serving: Serving, url = serving.url): Promise<ServedDoor> {
  const cookie = await signInAt(url);
  const page = await connectTo(serving.origin, cookie);
  const subscriptions = new Map<number, string>();
  const answers: string[] = [];
  const get = async (path: string, more: RequestInit = {}): Promise<string> => {
    const response = await fetch(serving.origin + path, { redirect: 'manual', ...more });
    const text = await response.text();
    answers.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`);
    return text;
  };
  return {
    cookie,
    heard: page.heard,
    subscriptions,
    answers,
    get,
    ask: page.ask,
    async follow(event, scope) {
      subscriptions.set(await page.follow(event, scope), event);
    },
    async ended(loadId) {
      await page.find(({ payload }) => payload?.kind === 'load-finished' && payload.loadId === loadId);
    },
    async idOf(path) {
      const text = await get(`/upload?name=${basename(path)}`, {
        method: 'POST',
        headers: { cookie, origin: serving.origin, 'content-type': 'application/octet-stream' },
        body: readFileSync(path),
      });
      return JSON.parse(text).id;
    },
  };
}
