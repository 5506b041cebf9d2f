import { type ReactNode, useCallback, useEffect, useId, useMemo, useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { Banner } from '../../components/banner.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { KindTag } from '../../components/profile-chip.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { useShortcuts } from '../../lib/shortcuts.tsx';
import { profileTexts } from '../../texts/profiles.ts';
import { EditingContext } from './editing-context.tsx';
import { EditorActions } from './editor-actions.tsx';
import { EncryptionBanner } from './encryption-banner.tsx';
import type { ProfileForm } from './form-values.ts';
import type { ProfileEntry } from './profiles-api.ts';
import { useProfileList, useProfiles } from './profiles-store.tsx';
import { SaveBar } from './save-bar.tsx';
import { SectionTabs } from './section-tabs.tsx';
import { pathsOf, type Section, sectionOf, sectionsFor } from './sections.ts';
import { TestPanel } from './test-panel.tsx';
import { useConsent } from './use-consent.tsx';
import { useLeaveDialog } from './use-leave-dialog.tsx';
import { useProfileForm } from './use-profile-form.ts';

const texts = profileTexts.editor;

/** One profile in its sections. `entry` null: a new one, which begins with `start`. */
export function ProfileEditor({
  entry,
  start,
  section,
  onSection,
}: {
  entry: ProfileEntry | null;
  start: ProfileForm;
  section: Section;
  onSection: (section: Section) => void;
}) {
  const { tests } = useProfiles();
  const { defaultId } = useProfileList();
  const { go } = useNavigation();
  const { say } = usePage();
  const headingId = useId();
  const consent = useConsent();
  const state = useProfileForm(entry, start, consent.mayKeep);
  const { form, isDirty } = state;
  const [attempt, setAttempt] = useState(0);
  const errors = pathsOf(form.formState.errors);
  const id = entry?.profile.id ?? null;
  const kind = form.watch('kind');
  const name = form.watch('name');
  const sections = sectionsFor(kind, entry === null);
  const shown = sections.includes(section) ? section : 'general';

  /** `leaving`: the person goes elsewhere afterwards, not to the new profile. */
  async function save({ leaving = false } = {}): Promise<boolean> {
    if (entry !== null && !isDirty) return true;
    const saved = await state.save();
    if (saved === null) {
      setAttempt((count) => count + 1);
      return false;
    }
    const { profile } = saved.entry;
    tests.forget(profile.id);
    if (saved.withoutSecrets) say(profileTexts.consent.refused, 'bad');
    else if (saved.cleared.length > 0)
      say(
        texts.savedCleared(
          profile.name,
          saved.cleared.map((part) => profileTexts.secretWords[part]).join(', '),
        ),
        'bad',
      );
    else say(texts.saved(profile.name));
    if (entry === null && !leaving) go(addressOf('profiles', profile.id), { replace: true, unguarded: true });
    return true;
  }

  async function test(): Promise<void> {
    if (id === null || (isDirty && !(await save()))) return;
    onSection('test');
    tests.start(id);
  }

  // After a refused save: the first field that has to be mended, wherever it stands.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each attempt
  useEffect(() => {
    const [first] = errors;
    if (attempt === 0 || first === undefined) return;
    const target = sectionOf(first);
    if (target !== shown) onSection(target);
    const timer = setTimeout(() => form.setFocus(first as 'name'), 50);
    return () => clearTimeout(timer);
  }, [attempt]);

  const stays = useCallback((rest: readonly string[]) => id !== null && rest[0] === id, [id]);
  const leave = useLeaveDialog({
    isDirty,
    name,
    stays,
    save: () => save({ leaving: true }),
    discard: state.discard,
  });
  useShortcuts({ 'Mod+S': () => void save(), 'Mod+Enter': () => void test() });
  const editing = useMemo(() => ({ entry }), [entry]);

  return (
    <FormProvider {...form}>
      <EditingContext value={editing}>
        <form
          className="editor"
          aria-labelledby={headingId}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <div className="editor-heading">
            <h2 id={headingId}>{name.trim() === '' ? profileTexts.create.untitled : name}</h2>
            <KindTag profile={{ kind, colour: form.watch('colour') }} />
            {id !== null && id === defaultId && (
              <span className="tag" data-tone="good">
                {texts.inUse}
              </span>
            )}
            {entry !== null && <EditorActions entry={entry} isDirty={isDirty} onTest={() => void test()} />}
          </div>
          <EncryptionBanner />
          <SectionTabs
            sections={sections}
            shown={shown}
            onShow={onSection}
            errors={errors}
            isNew={entry === null}
            test={
              id === null ? null : (
                <TestPanel profileId={id} isDirty={isDirty} onTest={test} onSection={onSection} />
              )
            }
          />
          <Problems state={state} count={errors.length} />
          <SaveBar state={state} isNew={entry === null} />
        </form>
        {consent.dialog}
        {leave}
      </EditingContext>
    </FormProvider>
  );
}

function Problems({ state, count }: { state: ReturnType<typeof useProfileForm>; count: number }): ReactNode {
  if (state.failure !== null) return <FailureBanner title={texts.failed} failure={state.failure} />;
  if (state.isStale)
    return (
      <Banner tone="warn" title={texts.changedElsewhere} urgent>
        {texts.changedElsewhereHint}
      </Banner>
    );
  if (count > 0) return <Banner tone="bad" title={texts.problems(count)} urgent />;
  return null;
}
