import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useMemo, useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { type Failure, failureOf } from '../../lib/failure.ts';
import { draftOf, secretChangesOf } from './form-draft.ts';
import { atField, type FormOutcome, formSchema } from './form-schema.ts';
import { formOf, type ProfileForm } from './form-values.ts';
import type { ProfileEntry, SecretChange } from './profiles-api.ts';
import { useProfileList, useProfiles } from './profiles-store.tsx';

export interface Saved {
  entry: ProfileEntry;
  /** Removed because the profile names another server now. */
  cleared: ProfileEntry['missing'];
  /** The person did not want secrets to be kept here. */
  withoutSecrets: boolean;
}

export interface ProfileFormState {
  form: UseFormReturn<ProfileForm, unknown, FormOutcome>;
  isDirty: boolean;
  /** The profile was changed elsewhere while this form holds changes of its own. */
  isStale: boolean;
  isSaving: boolean;
  failure: Failure | null;
  /** Null where something has to be mended first; that is shown on the form. */
  save: () => Promise<Saved | null>;
  discard: () => void;
}

/** The form of one profile: its values, whether they differ from what is saved, and the way to save them. */
export function useProfileForm(
  saved: ProfileEntry | null,
  start: ProfileForm,
  mayKeepSecrets: () => Promise<boolean>,
): ProfileFormState {
  const { api, reload } = useProfiles();
  const list = useProfileList();
  const [entry, setEntry] = useState(saved);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const others = list.profiles.map(({ profile }) => profile).filter(({ id }) => id !== entry?.profile.id);
  // Not memoised: it is asked only when the form is checked, and has to know the latest of the others.
  const form = useForm<ProfileForm, unknown, FormOutcome>({
    defaultValues: start,
    resolver: zodResolver(formSchema(entry, others)),
    shouldFocusError: false,
  });
  const values = form.watch();
  const base = useMemo(() => (entry === null ? start : formOf(entry.profile)), [entry, start]);
  const isDirty =
    JSON.stringify(draftOf(values)) !== JSON.stringify(draftOf(base)) || secretChangesOf(values).length > 0;
  const isStale = !isSaving && saved !== null && entry !== null && saved.revision !== entry.revision;

  const show = (next: ProfileEntry): void => {
    setEntry(next);
    form.reset(formOf(next.profile));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what comes from outside is followed
  useEffect(() => {
    if (saved !== null && !isDirty && !isSaving) show(saved);
  }, [saved]);

  async function keep(id: string, changes: readonly SecretChange[]): Promise<boolean> {
    const setsAny = changes.some(({ action }) => action === 'set');
    const mayKeep = !setsAny || (await mayKeepSecrets());
    for (const change of changes)
      if (mayKeep || change.action === 'clear') await api.changeSecret(id, change);
    return mayKeep;
  }

  async function store({ draft, secrets }: FormOutcome): Promise<Saved | null> {
    const outcome = entry === null ? await api.create(draft) : await api.edit(entry, draft);
    if (outcome.outcome === 'refused') {
      for (const [path, problem] of Object.entries(outcome.problems)) {
        const [field, message] = atField(path, problem, form.getValues());
        form.setError(field as 'name', { type: 'custom', message });
      }
      return null;
    }
    const { view, cleared } = outcome;
    // From here on the profile is saved: should a secret fail, saving again is an edit.
    setEntry(view);
    const kept = await keep(view.profile.id, secrets);
    await reload();
    const replaced = new Set(secrets.map(({ part }) => part));
    const stored = {
      ...view.secrets,
      ...Object.fromEntries(kept ? secrets.map(({ part, action }) => [part, action === 'set']) : []),
    };
    const after = { ...view, secrets: stored };
    show(after);
    return { entry: after, cleared: cleared.filter((part) => !replaced.has(part)), withoutSecrets: !kept };
  }

  async function save(): Promise<Saved | null> {
    if (isSaving) return null;
    setFailure(null);
    setSaving(true);
    try {
      const outcome = await checked();
      return outcome === null ? null : await store(outcome);
    } catch (thrown) {
      setFailure(failureOf(thrown));
      return null;
    } finally {
      setSaving(false);
    }
  }

  function checked(): Promise<FormOutcome | null> {
    return new Promise((resolve, reject) => {
      form
        .handleSubmit(
          (outcome) => resolve(outcome),
          () => resolve(null),
        )()
        .catch(reject);
    });
  }

  function discard(): void {
    setFailure(null);
    if (saved === null) form.reset(start);
    else show(saved);
  }

  return { form, isDirty, isStale, isSaving, failure, save, discard };
}
