import { useState } from 'react';
import type { Review } from '../../../../shared/contract/draft-review.ts';
import { sameName } from '../../../../shared/settings/profile-names.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { TextInput } from '../../../components/text-input.tsx';
import { reviewTexts } from '../../../texts/review.ts';
import { alarmWords } from './alarm-words.ts';

const texts = reviewTexts.confirm;

/** Asks once more before a production database is written to: what, with which alarms, and its name to be typed. */
export function ConfirmLoad({
  review,
  name,
  target,
  button,
  isOpen,
  isProduction,
  onClose,
  onConfirm,
}: {
  review: Review;
  /** To be typed. */
  name: string;
  /** The same, within a sentence. */
  target: string;
  /** What the button that opened this says: the one that goes on says the same. */
  button: string;
  isOpen: boolean;
  isProduction: boolean;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const [typed, setTyped] = useState('');
  const matches = sameName(typed, name);

  function close(): void {
    setTyped('');
    onClose();
  }
  function confirm(): void {
    if (!matches) return;
    setTyped('');
    onConfirm();
  }

  return (
    <Dialog
      role="alertdialog"
      title={texts.title(review.written, target)}
      isOpen={isOpen}
      onClose={close}
      wide
      actions={
        <>
          <Button onPress={close}>{texts.cancel}</Button>
          <Button look="danger" isDisabled={!matches} onPress={confirm}>
            {button}
          </Button>
        </>
      }
    >
      {isProduction && (
        <div className="confirm-production">
          <Banner tone="bad" title={texts.production} />
        </div>
      )}
      <div className="confirm-what">
        <h3>{texts.what}</h3>
        <ul className="plain-list">
          {review.files
            .filter(({ inserted, updated }) => inserted + updated > 0)
            .map(({ fileNo, name: file, inserted, updated, type }) => (
              <li key={fileNo}>{texts.file(file, inserted, updated, type)}</li>
            ))}
        </ul>
      </div>
      {review.alarms.length > 0 && (
        <div className="confirm-what">
          <h3>{texts.alarms}</h3>
          {review.alarms.map((alarm) => (
            <Banner key={`${alarm.kind}-${alarm.fileNo}`} tone="warn" title={alarmWords(review, alarm)} />
          ))}
        </div>
      )}
      {/* Enter in the field means the button, as in any form. */}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <TextInput label={texts.type(name)} value={typed} onChange={setTyped} autoFocus />
      </form>
    </Dialog>
  );
}
