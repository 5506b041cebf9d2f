import { EVENTS } from '../../../shared/contract/events.ts';
import { ROUTES, type RouteName } from '../../../shared/contract/routes.ts';
import { SECRET_PARTS } from '../../../shared/settings/profile.ts';
import { askDrafts } from './ask-drafts.ts';
import type { Ask, CanaryDoor } from './canary-door.ts';
import {
  databaseUrl,
  failingProfile,
  type MarkedFiles,
  type MarkedSchool,
  oldEnvFile,
} from './marked-school.ts';

/** Routes that a canary cannot ask, each with the reason. */
export const NOT_ASKED: Partial<Record<RouteName, string>> = {};

/** Routes that answer with `refused` or an error only in one door, each with the reason. */
export const NEVER_OK: Partial<Record<RouteName, string>> = {
  'profiles.allowUnprotected': 'answers only where the system protects secrets badly',
};

/** How often each route was answered, well and otherwise. */
export type Asked = Map<string, { ok: number; refused: number }>;

export interface Answered {
  asked: Asked;
  /** Whose answer each reply is that has come to the page. */
  routes: ReadonlyMap<object, RouteName>;
}

/**
 * Asks every route, well and badly, with marked secrets in everything that takes one, over connections that fail while
 * they quote them; and loads marked students, well and badly. Every event is followed from the beginning.
 */
export async function askEverything(
  door: CanaryDoor,
  school: MarkedSchool,
  files: MarkedFiles,
  ports: { postgres: number; openai: number },
): Promise<Answered> {
  const asked: Asked = new Map();
  const routes = new Map<object, RouteName>();
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const ask = async (route: RouteName, input: unknown): Promise<any> => {
    const reply = await door.ask(route, input);
    routes.set(reply, route);
    const counts = asked.get(route) ?? { ok: 0, refused: 0 };
    asked.set(route, counts);
    counts[reply.ok ? 'ok' : 'refused'] += 1;
    return reply.value;
  };
  for (const { name } of EVENTS) await door.follow(name, null);
  const id = await profiles(ask, door, school, files, ports);
  await brokenLoads(ask, door, files, id);
  const lab = await goodLoads(ask, door, files);
  await askDrafts(ask, door, { school, files, lab, failing: id });
  await leaving(ask, id);
  for (const { name } of ROUTES) for (const wrong of nonsense(school)) await ask(name, wrong);
  return { asked, routes };
}

/** Makes the profile whose parts all fail, and everything else that can be done with profiles. Resolves to its id. */
async function profiles(
  ask: Ask,
  door: CanaryDoor,
  school: MarkedSchool,
  files: MarkedFiles,
  ports: { postgres: number; openai: number },
): Promise<string> {
  const { misplaced, secrets } = school;
  await ask('app.about', {});
  const draft = failingProfile(school, ports);
  const { profile } = (await ask('profiles.create', { draft })).view;
  const { id } = profile;
  for (const part of SECRET_PARTS) await ask('profiles.setSecret', { id, part, value: secrets[part].text });
  await ask('profiles.setSecret', { id, part: 'postgres-password', value: `${misplaced.text}\nline` });
  await ask('profiles.setSecret', { id, part: 'kafka-client-key', value: misplaced.text });
  await ask('profiles.setSecret', { id, part: misplaced.text, value: misplaced.text });
  await ask('profiles.setSecret', { id: misplaced.text, part: 'kafka-password', value: misplaced.text });
  const wrong = wrongFields(school);
  for (const parts of wrong) {
    await ask('profiles.create', { draft: { ...draft, name: 'Other', ...parts } });
    await ask('profiles.check', { id, draft: { ...draft, ...parts } });
  }
  await ask('profiles.list', {});
  await ask('profiles.show', { profile: 'Echo' });
  const { revision } = await ask('profiles.show', { profile: id });
  await ask('profiles.edit', { id, revision: 'other', draft });
  await ask('profiles.edit', { id, revision, draft: { ...draft, colour: 'red' } });
  await ask('profiles.duplicate', { id, name: 'Copy' });
  await ask('profiles.reorder', { ids: [id] });
  await ask('profiles.use', { id });
  await ask('profiles.use', { id: null });
  await ask('profiles.allowUnprotected', {});

  const env = { name: 'Old', kind: 'test' };
  await ask('profiles.importEnv', { ...env, source: { fileId: await door.idOf(files.env) } });
  await ask('profiles.importEnv', {
    ...env,
    name: 'Text',
    source: { text: oldEnvFile(school, ports.postgres) },
  });
  await ask('profiles.importEnv', {
    ...env,
    name: 'Bad',
    source: { text: `DB_URL=mysql://u:${misplaced.text}@h/d` },
  });
  await ask('profiles.export', { ids: [] });
  const { text } = await ask('profiles.export', { ids: [id] });
  await ask('profiles.import', { source: { text } });
  await ask('profiles.import', { source: { text: `{"${misplaced.text}` } });
  await ask('profiles.import', { source: { fileId: await door.idOf(files.env) } });
  const { link } = await ask('profiles.link', { id });
  await ask('profiles.readLink', { link });
  await ask('profiles.readLink', { link: `accession://enrol?v=1&p=${misplaced.text}&c=00000000` });
  await ask('profiles.enrol', { link });
  await ask('profiles.enrol', { link: misplaced.text });
  await ask('profiles.prepareDatabase', { profileId: id });
  await ask('profiles.test', { profileId: id });
  await ask('profiles.test', { profileId: id, parts: ['postgres', 'openai'] });
  await ask('profiles.test', { profileId: id, parts: ['openai'] });
  return id;
}

/** A password or key where it does not belong. */
function wrongFields({ misplaced: { text }, secrets }: MarkedSchool): object[] {
  return [
    { postgres: { host: `postgresql://u:${text}@h/d`, database: 'd', user: 'u' } },
    { kafka: { brokers: [`u:${text}@k:9092`], ca: secrets['kafka-client-key'].text } },
    { openai: { baseUrl: `https://u:${text}@models.example/v1` } },
    { openai: { baseUrl: `https://models.example/v1?key=${text}` } },
    { kind: text, batchRows: text, postgres: text },
    { password: text, [text]: text },
  ];
}

async function brokenLoads(ask: Ask, door: CanaryDoor, files: MarkedFiles, profileId: string): Promise<void> {
  const start = { profileId, files: [await door.idOf(files.students)] };
  // In production only what was reviewed is loaded.
  await ask('loads.start', start);
  const { revision, profile } = await ask('profiles.show', { profile: profileId });
  const { id: _, ...draft } = profile;
  await ask('profiles.edit', { id: profileId, revision, draft: { ...draft, kind: 'test' } });
  const { loadId } = await ask('loads.start', start);
  await door.ended(loadId);
  await ask('loads.show', { profileId, loadId });
  await ask('loads.history', { profileId });
  await ask('loads.resume', { profileId, loadId });
  await ask('loads.start', { ...start, embed: false, publish: false });
}

/** Into a sandbox of their own, so that the rows are really written. Resolves to its id. */
async function goodLoads(ask: Ask, door: CanaryDoor, files: MarkedFiles): Promise<string> {
  const lab = (await ask('profiles.create', { draft: { name: 'Lab', kind: 'sandbox' } })).view.profile;
  const profileId: string = lab.id;
  await ask('profiles.prepareDatabase', { profileId });
  const term = await Promise.all(
    [files.books, files.students, files.checkouts].map((path) => door.idOf(path)),
  );
  const noHeading = await door.idOf(files.noHeading);
  for (const request of [
    { files: term, dryRun: true },
    { files: term },
    { files: term, allOrNothing: true },
    { files: [noHeading] },
    { files: [noHeading], type: 'students' },
    { files: [await door.idOf(files.env)] },
  ]) {
    const { loadId } = await ask('loads.start', { profileId, ...request });
    await door.follow('loads.progress', loadId);
    await ask('loads.running', {});
    await door.ended(loadId);
    await ask('loads.stop', { loadId });
    await ask('loads.show', { profileId, loadId });
    await ask('loads.resume', { profileId, loadId });
  }
  await ask('loads.history', { profileId });
  await ask('loads.show', { profileId, loadId: '00000000' });
  await ask('loads.start', { profileId, files: ['file-guessed'] });
  return profileId;
}

async function leaving(ask: Ask, id: string): Promise<void> {
  await ask('profiles.clearSecret', { id, part: 'kafka-password' });
  await ask('profiles.delete', { id, confirmation: 'no' });
  await ask('profiles.delete', { id, confirmation: 'Echo' });
}

/** What no route takes, with marks in keys and values: a refusal may name the fields of the contract only. */
function nonsense({ misplaced: { text }, variables }: MarkedSchool): unknown[] {
  return [
    {
      [text]: text,
      id: text,
      profileId: text,
      part: text,
      source: { text: { text } },
      files: text,
      loadId: text,
    },
    text,
    [text],
    { draft: databaseUrl(variables.DB_URL, 1) },
  ];
}

/** Routes that were neither asked with success nor excused, and excuses that are none (any more). */
export function notCovered(asked: Asked): string[] {
  const problems: string[] = [];
  for (const { name } of ROUTES) {
    const counts = asked.get(name) ?? { ok: 0, refused: 0 };
    if (NOT_ASKED[name] === undefined && counts.ok === 0 && NEVER_OK[name] === undefined)
      problems.push(`${name} was never answered well: add it to tests/integration/canary/ask-everything.ts`);
    if (NOT_ASKED[name] === undefined && counts.refused === 0)
      problems.push(`${name} was never refused: ask it badly, too`);
    if (NOT_ASKED[name] !== undefined && counts.ok > 0) problems.push(`${name} is asked after all`);
  }
  return problems;
}

/** Events of which nothing was heard. */
export function notHeard(heard: CanaryDoor['heard'], subscriptions: ReadonlyMap<number, string>): string[] {
  const names = new Set(
    heard.filter(({ kind }) => kind === 'event').map(({ id }) => subscriptions.get(id ?? 0) ?? ''),
  );
  return EVENTS.map(({ name }) => name).filter((name) => !names.has(name));
}

/** How the loads have ended. */
export function endsOf(heard: CanaryDoor['heard']): Set<unknown> {
  const payloads = heard.map(({ payload }) => payload as { kind?: string; status?: string } | undefined);
  return new Set(payloads.filter((one) => one?.kind === 'load-finished').map((one) => one?.status));
}
