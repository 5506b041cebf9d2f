import { Fragment } from 'react';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { SwitchRow } from '../components/switch-row.tsx';
import { usePage } from '../lib/page-context.tsx';
import { SCREENS } from '../lib/place.ts';
import { shellTexts } from '../texts/shell.ts';
import { SCREEN_KEYS } from './screen-keys.ts';

const texts = shellTexts.help;

interface Shortcut {
  keys: readonly string[];
  does: string;
}

/** Every key that does something, on one sheet. */
export function ShortcutsSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { preferences, prefer } = usePage();
  return (
    <Dialog
      title={texts.title}
      isOpen={isOpen}
      onClose={onClose}
      wide
      actions={
        <Button look="primary" onPress={onClose}>
          {texts.close}
        </Button>
      }
    >
      <div className="shortcuts">
        {groups().map(({ title, shortcuts }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {shortcuts.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key, at) => (
                      <Fragment key={key}>
                        {at > 0 && (
                          <span className="soft"> {key.length === 1 ? texts.afterwards : texts.plus} </span>
                        )}
                        <kbd>{key}</kbd>
                      </Fragment>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <SwitchRow
        label={texts.singleKeys}
        hint={texts.singleKeysHint}
        isOn={preferences.singleKeys}
        onChange={(singleKeys) => prefer({ singleKeys })}
      />
    </Dialog>
  );
}

function groups(): { title: string; shortcuts: Shortcut[] }[] {
  const mod = /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl';
  const { actions } = texts;
  return [
    {
      title: texts.groups.anywhere,
      shortcuts: [
        { keys: ['?'], does: actions.help },
        ...SCREENS.map((screen) => ({
          keys: ['g', SCREEN_KEYS[screen]],
          does: actions.goTo(shellTexts.screens[screen]),
        })),
        { keys: ['Esc'], does: actions.leave },
      ],
    },
    {
      title: texts.groups.load,
      shortcuts: [
        { keys: ['o'], does: actions.addFiles },
        { keys: [`${mod}+V`], does: actions.pasteCells },
        { keys: ['[ ]'], does: actions.files },
        { keys: ['m'], does: actions.columns },
        { keys: ['i'], does: actions.reading },
        { keys: ['d'], does: actions.doctor },
        { keys: ['r'], does: actions.learnt },
        { keys: [`${mod}+Enter`], does: actions.review },
      ],
    },
    {
      title: texts.groups.table,
      shortcuts: [
        { keys: ['F8'], does: actions.nextProblem },
        { keys: ['Shift+F8'], does: actions.previousProblem },
        { keys: ['Enter'], does: actions.editCell },
        { keys: ['Delete'], does: actions.blankCell },
        { keys: [`${mod}+.`], does: actions.takeSuggestion },
        { keys: [`${mod}+Delete`], does: actions.leaveOut },
        { keys: [`${mod}+C`], does: actions.copyCells },
        { keys: [`${mod}+V`], does: actions.pasteBlock },
        { keys: [`${mod}+Z`], does: actions.undo },
        { keys: [`${mod}+Y`], does: actions.redo },
        { keys: [`${mod}+F`], does: actions.find },
        { keys: [`${mod}+H`], does: actions.replace },
        { keys: [`${mod}+Home`], does: actions.firstRow },
        { keys: [`${mod}+End`], does: actions.lastRow },
      ],
    },
    {
      title: texts.groups.profiles,
      shortcuts: [
        { keys: ['n'], does: actions.newProfile },
        { keys: [`${mod}+S`], does: actions.save },
        { keys: [`${mod}+Enter`], does: actions.test },
      ],
    },
    {
      title: texts.groups.lists,
      shortcuts: [
        { keys: ['↑ ↓ ← →'], does: actions.arrows },
        { keys: ['Enter'], does: actions.open },
        { keys: ['Enter'], does: actions.drag },
      ],
    },
  ];
}
