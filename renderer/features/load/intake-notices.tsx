import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Progress } from '../../components/progress.tsx';
import { loadTexts } from '../../texts/load.ts';
import type { Intake } from './use-intake.ts';

const texts = loadTexts.taking;
/** A folder may hold hundreds of other things. */
const MOST_NAMED = 5;

/** What becomes of the files that were brought: how far they are, which were not taken, what was merged. */
export function IntakeNotices({ intake }: { intake: Intake }) {
  const { taking, refused, merged, failure } = intake;
  const close = <Button look="quiet" icon="cross" aria-label={texts.close} onPress={intake.dismiss} />;
  return (
    <>
      {taking !== null && <Taking taking={taking} onStop={intake.stop} />}
      {failure !== null && (
        <Banner tone="bad" title={texts.failedTitle} urgent actions={close}>
          {failure.message} {failure.hint}
        </Banner>
      )}
      {merged.map(({ name, into, cells, rows, kept }) => (
        <Banner
          key={`${name} ${into}`}
          tone={kept.length > 0 ? 'warn' : cells === 0 ? 'info' : 'good'}
          title={texts.merged(name)}
          urgent
          actions={close}
        >
          {[texts.mergedText(into, cells, rows), ...kept].join(' ')}
        </Banner>
      ))}
      {refused.length > 0 && (
        <Banner tone="warn" title={texts.refusedTitle(refused.length)} urgent actions={close}>
          <ul className="refused-files">
            {refused.slice(0, MOST_NAMED).map(({ name, message, hint }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files of a folder may have one name; the list never changes
              <li key={at}>
                <b>{name}</b> {message} <span className="soft">{hint}</span>
              </li>
            ))}
            {refused.length > MOST_NAMED && <li>{texts.more(refused.length - MOST_NAMED)}</li>}
          </ul>
        </Banner>
      )}
    </>
  );
}

function Taking({ taking, onStop }: { taking: NonNullable<Intake['taking']>; onStop: () => void }) {
  const { progress } = taking;
  const words = progress === null ? texts.looking : texts.sending(progress.doneFiles, progress.totalFiles);
  return (
    <div className="taking" role="status">
      <span>{words}</span>
      <Progress
        label={words}
        share={progress === null ? null : progress.doneBytes / Math.max(1, progress.totalBytes)}
      />
      <Button onPress={onStop}>{texts.stop}</Button>
    </div>
  );
}
