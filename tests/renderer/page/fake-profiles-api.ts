import type {
  ProfileEntry,
  ProfilesApi,
  SaveOutcome,
} from '../../../renderer/features/profiles/profiles-api.ts';
import { AppError } from '../../../shared/errors.ts';
import { enrolmentLinkOf, readEnrolment } from '../../../shared/settings/enrolment.ts';
import { readEnvProfile } from '../../../shared/settings/env-file-profile.ts';
import type { SavedProfile, SecretPart } from '../../../shared/settings/profile.ts';
import { freeName } from '../../../shared/settings/profile-names.ts';
import { checkProfile } from '../../../shared/settings/profile-problems.ts';
import { secretsGoingElsewhere, secretsNeeded } from '../../../shared/settings/profile-secret.ts';
import { revisionOf } from '../../../shared/settings/saved-profiles.ts';
import { exportText, readExport } from '../../../shared/settings/saved-profiles-exchange.ts';
import type { Scenario } from './scenarios.ts';

/** Profiles in memory, by the same rules (shared/settings) that the backend applies. */
export function fakeProfilesApi(scenario: Scenario): ProfilesApi {
  let profiles = [...scenario.profiles];
  let { defaultId, protection } = scenario;
  const prepared = new Set<string>();
  const secrets = new Map<string, Set<SecretPart>>(
    Object.entries(scenario.secrets).map(([id, parts]) => [id, new Set(parts)]),
  );

  const secretsOf = (id: string): Set<SecretPart> => secrets.get(id) ?? new Set();
  const find = (id: string): SavedProfile => {
    const found = profiles.find((profile) => profile.id === id);
    if (found !== undefined) return found;
    throw new AppError({
      code: 'usage.invalid',
      message: 'There is no such profile.',
      hint: 'Reload the page.',
    });
  };
  const view = (profile: SavedProfile): ProfileEntry => {
    const has = secretsOf(profile.id);
    return {
      profile,
      revision: revisionOf(profile),
      secrets: {
        'postgres-password': has.has('postgres-password'),
        'kafka-password': has.has('kafka-password'),
        'kafka-client-key': has.has('kafka-client-key'),
        'openai-api-key': has.has('openai-api-key'),
      },
      missing: secretsNeeded(profile).filter((part) => !has.has(part)),
    };
  };
  const save = (id: string, draft: unknown): SaveOutcome => {
    const checked = checkProfile(
      id,
      draft,
      profiles.filter((other) => other.id !== id),
    );
    if (!checked.ok) return { outcome: 'refused', problems: checked.problems };
    const before = profiles.find((profile) => profile.id === id);
    const cleared = before === undefined ? [] : secretsGoingElsewhere(before, checked.profile);
    for (const part of cleared) secretsOf(id).delete(part);
    profiles =
      before === undefined
        ? [...profiles, checked.profile]
        : profiles.map((one) => (one.id === id ? checked.profile : one));
    return { outcome: 'saved', view: view(checked.profile), cleared };
  };
  const add = (draft: { name?: unknown }): SaveOutcome =>
    save(crypto.randomUUID(), { ...draft, name: freeName(profiles, String(draft.name ?? '')) });
  const keep = (id: string, part: SecretPart): void => {
    secrets.set(id, secretsOf(id).add(part));
  };

  return {
    async list() {
      if (scenario.list === 'never') return new Promise(() => {});
      if (scenario.list === 'fails')
        throw new AppError({
          code: 'settings.invalid',
          message: 'The file of your profiles cannot be opened.',
          hint: 'See whether another program holds it, then try again.',
        });
      return {
        profiles: profiles.map(view),
        defaultId,
        unchosen: scenario.unchosen,
        notices: [...scenario.notices],
        protection,
      };
    },
    watch: () => () => {},
    create: async (draft) => save(crypto.randomUUID(), draft),
    edit: async ({ profile }, draft) => save(profile.id, draft),
    async changeSecret(id, { part, action }) {
      if (action === 'set') keep(id, part);
      else secretsOf(id).delete(part);
    },
    async allowUnprotected() {
      protection = { kind: 'basic-text', allowed: true };
    },
    async duplicate(id) {
      const original = find(id);
      const copy = { ...original, id: crypto.randomUUID(), name: freeName(profiles, original.name) };
      profiles = profiles.flatMap((profile) => (profile.id === id ? [profile, copy] : [profile]));
      secrets.set(copy.id, new Set(secretsOf(id)));
      return view(copy);
    },
    async reorder(ids) {
      profiles = profiles.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    },
    async remove(id) {
      profiles = profiles.filter((profile) => profile.id !== id);
      if (defaultId === id) defaultId = null;
    },
    async use(id) {
      defaultId = id;
    },
    async importEnv(text, name, kind) {
      const { draft, secrets: found, report } = readEnvProfile(text, { name, kind });
      const outcome = save(crypto.randomUUID(), draft);
      if (outcome.outcome === 'refused') return { ...outcome, report };
      for (const { part } of found) keep(outcome.view.profile.id, part);
      return { ...outcome, view: view(outcome.view.profile), report };
    },
    async importFile(text) {
      const read = readExport(text);
      if (!read.ok)
        throw new AppError({
          code: 'usage.invalid',
          message: read.problem,
          hint: 'Choose an exported file.',
        });
      const outcomes = read.profiles.map((draft) => add(draft as { name?: unknown }));
      return {
        imported: outcomes.flatMap((one) => (one.outcome === 'saved' ? [one.view] : [])),
        refused: outcomes.flatMap((one) =>
          one.outcome === 'refused' ? [{ name: '', problems: one.problems }] : [],
        ),
      };
    },
    exportFile: async (id) => exportText([find(id)]),
    link: async (id) => ({ ...enrolmentLinkOf(find(id)), asksFor: secretsNeeded(find(id)) }),
    async readLink(link) {
      const read = readEnrolment(link);
      if (!read.ok)
        throw new AppError({
          code: 'usage.invalid',
          message: read.problem,
          hint: 'Ask for the link once more.',
        });
      const checked = checkProfile(crypto.randomUUID(), read.draft, []);
      return {
        draft: read.draft,
        asksFor: checked.ok ? secretsNeeded(checked.profile) : [],
        problems: checked.ok ? {} : checked.problems,
      };
    },
    async enrol(link) {
      const read = readEnrolment(link);
      return read.ok ? add(read.draft) : { outcome: 'refused', problems: { link: read.problem } };
    },
    async test(id, part) {
      const result = scenario.tests === 'never' ? undefined : scenario.tests.find((one) => one.part === part);
      if (result === undefined) return new Promise(() => {});
      if (!prepared.has(id)) return result;
      return { ...result, problems: result.problems.filter(({ fix }) => fix?.kind !== 'db-prepare') };
    },
    async prepareDatabase(id) {
      if (scenario.prepare === 'fails')
        throw new AppError({
          code: 'db.unreachable',
          message: 'The database server does not answer.',
          hint: 'See whether it is running.',
        });
      prepared.add(id);
      return ['create the schema accession', 'create the table accession.loads'];
    },
  };
}
