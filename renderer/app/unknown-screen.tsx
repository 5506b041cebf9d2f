import { ScreenHeading } from '../components/screen-heading.tsx';
import { addressOf } from '../lib/place.ts';
import { shellTexts } from '../texts/shell.ts';

export function UnknownScreen() {
  const texts = shellTexts.unknownScreen;
  return (
    <div className="screen">
      <ScreenHeading title={texts.title} lead={texts.text} />
      <div>
        <a className="button button-primary" href={addressOf('load')}>
          {texts.back}
        </a>
      </div>
    </div>
  );
}
