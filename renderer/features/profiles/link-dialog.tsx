import { Button } from '../../components/button.tsx';
import { CodeLines } from '../../components/code-lines.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { profileTexts } from '../../texts/profiles.ts';
import type { EnrolmentLink } from './profiles-api.ts';

const texts = profileTexts.link;

export function LinkDialog({ link, onClose }: { link: EnrolmentLink | null; onClose: () => void }) {
  return (
    <Dialog
      title={texts.title}
      isOpen={link !== null}
      onClose={onClose}
      wide
      actions={
        <Button look="primary" onPress={onClose}>
          {texts.close}
        </Button>
      }
    >
      {link !== null && (
        <>
          <p>
            {texts.text}{' '}
            {link.asksFor.length === 0
              ? texts.asksForNothing
              : texts.asksFor(link.asksFor.map((part) => profileTexts.secretWords[part]).join(', '))}
          </p>
          <h3>{texts.link}</h3>
          <CodeLines text={link.link} of={texts.link} />
          <h3>{texts.asText}</h3>
          <CodeLines text={link.text} of={texts.asText} />
        </>
      )}
    </Dialog>
  );
}
