import type { ReactNode } from 'react';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import { addressOf } from '../../lib/place.ts';
import { loadTexts } from '../../texts/load.ts';
import { PlainScreen } from './plain-screen.tsx';

const texts = loadTexts.draft;

/** In the place of a draft that is not there, with the way to the start. */
export function NoDraft({ notices, text }: { notices: ReactNode; text: string }) {
  const { go } = useNavigation();
  return (
    <PlainScreen>
      {notices}
      <Banner
        tone="warn"
        title={texts.goneTitle}
        urgent
        actions={
          <Button look="primary" onPress={() => go(addressOf('load'))}>
            {texts.start}
          </Button>
        }
      >
        {text}
      </Banner>
    </PlainScreen>
  );
}
