import type { DraftView } from '../../../shared/contract/drafts.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { loadTexts } from '../../texts/load.ts';

const texts = loadTexts.draft;

/** What is to be known of a draft as a whole. */
export function DraftNotices({ draft, onWatch }: { draft: DraftView; onWatch: (loadId: string) => void }) {
  const { loading, readOnly, lookup } = draft;
  return (
    <>
      {loading !== null && (
        <Banner
          tone="info"
          title={texts.loadingTitle}
          actions={
            <Button look="primary" onPress={() => onWatch(loading)}>
              {texts.watch}
            </Button>
          }
        >
          {texts.loadingText}
        </Banner>
      )}
      {readOnly && (
        <Banner tone="info" title={texts.readOnlyTitle}>
          {texts.readOnlyText}
        </Banner>
      )}
      {lookup.kind === 'failed' && (
        <Banner tone="warn" title={texts.lookupTitle}>
          {lookup.error.message} {lookup.error.hint}
        </Banner>
      )}
    </>
  );
}
