import { Icon } from '../../components/icon.tsx';
import { loadTexts } from '../../texts/load.ts';

const texts = loadTexts.drop;

/** Over the whole window while files are held over it. Takes no events itself: the window does. */
export function DropOverlay({ adds }: { adds: boolean }) {
  return (
    <div className="drop-overlay" role="status">
      <div className="drop-overlay-words">
        <Icon name="load" />
        <p className="drop-overlay-title">{adds ? texts.more : texts.first}</p>
        <p>{texts.hint}</p>
      </div>
    </div>
  );
}
