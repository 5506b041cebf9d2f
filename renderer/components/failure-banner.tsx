import type { Failure } from '../lib/failure.ts';
import { failureTexts } from '../texts/failure.ts';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';

/** What could not be done, why, and what to do about it; read aloud at once. `onAgain`: a press tries it once more. */
export function FailureBanner({
  title,
  failure,
  onAgain,
}: {
  title: string;
  failure: Failure;
  onAgain?: () => void;
}) {
  return (
    <Banner
      tone="bad"
      title={title}
      urgent
      actions={onAgain && <Button onPress={onAgain}>{failureTexts.tryAgain}</Button>}
    >
      {failure.message} {failure.hint}
    </Banner>
  );
}
