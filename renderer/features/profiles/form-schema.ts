import { z } from 'zod';
import type { SavedProfile, SecretPart } from '../../../shared/settings/profile.ts';
import { checkProfile, type ProfileDraft } from '../../../shared/settings/profile-problems.ts';
import { secretsGoingElsewhere } from '../../../shared/settings/profile-secret.ts';
import { formTexts } from '../../texts/profile-form.ts';
import { addressOfForm, draftOf, isUsed, secretChangesOf } from './form-draft.ts';
import type { ProfileForm } from './form-values.ts';
import type { ProfileEntry, SecretChange } from './profiles-api.ts';

/** What a form that is in order comes to. */
export interface FormOutcome {
  draft: ProfileDraft;
  secrets: SecretChange[];
}

/** Stands in for the id that a new profile has yet to be given; the check wants one. */
const NO_ID = '00000000-0000-4000-8000-000000000000';

/**
 * The form's schema: the fields are turned into a profile, and the profile's own check (shared/settings) says
 * what is wrong, each problem at the field it belongs to. `entry`: the profile being edited; null: a new one.
 */
export function formSchema(entry: ProfileEntry | null, others: readonly SavedProfile[]) {
  return z.custom<ProfileForm>().transform((form, context): FormOutcome => {
    const report = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: path.split('.'), message });
    };
    const address = addressOfForm(form);
    if (address?.ok === false && form.kind !== 'sandbox') report('postgres.address', address.problem);
    const checked = checkProfile(entry?.profile.id ?? NO_ID, draftOf(form), others);
    if (!checked.ok) {
      for (const [path, problem] of Object.entries(checked.problems)) {
        // A server that could not be read from its address has been reported already.
        if (path === 'postgres' && address?.ok === false) continue;
        report(...atField(path, problem, form));
      }
    }
    for (const [part, message] of secretProblems(form, entry, checked.ok ? checked.profile : null))
      report(`secrets.${part}`, message);
    if (!checked.ok || context.issues.length > 0) return z.NEVER;
    const { id: _, ...draft } = checked.profile;
    return { draft, secrets: secretChangesOf(form) };
  });
}

/** Where on the form a problem of the profile is shown. */
export function atField(path: string, problem: string, form: ProfileForm): [path: string, problem: string] {
  const broker = /^kafka\.brokers\.(\d+)$/.exec(path)?.[1];
  if (broker !== undefined) return ['kafka.brokers', formTexts.kafka.line(Number(broker) + 1, problem)];
  if (form.postgres.mode === 'address' && /^postgres(\.(host|port|database|user))?$/.test(path))
    return ['postgres.address', problem];
  if (path === 'postgres') return ['postgres.host', problem];
  return [path, problem];
}

function secretProblems(
  form: ProfileForm,
  entry: ProfileEntry | null,
  after: SavedProfile | null,
): [SecretPart, string][] {
  const problems: [SecretPart, string][] = [];
  const changed = new Set(secretChangesOf(form).map(({ part }) => part));
  if (entry !== null && after !== null) {
    for (const part of secretsGoingElsewhere(entry.profile, after))
      if (entry.secrets[part] && isUsed(form, part) && !changed.has(part))
        problems.push([part, formTexts.secret.elsewhere]);
  }
  for (const part of changed)
    if (form.secrets[part].action === 'set' && form.secrets[part].value === '')
      problems.push([part, formTexts.secret.empty]);
  return problems;
}
