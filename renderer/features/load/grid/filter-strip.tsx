import { Button } from '../../../components/button.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import type { ShownRows } from './file-memory.ts';

/** Says that not all rows are shown, and leads back to them. */
export function FilterStrip({
  title,
  shown,
  all,
  busy,
  onRenew,
  onClear,
}: {
  title: string;
  shown: ShownRows;
  all: number;
  busy: boolean;
  onRenew: () => void;
  onClear: () => void;
}) {
  const { filter } = gridTexts;
  return (
    <div className="grid-strip">
      <p>
        {busy || shown.kind === 'all' ? (
          filter.busy
        ) : (
          <>
            <b>{title}</b> <span className="soft">{filter.showing(shown.rows, all)}</span>
          </>
        )}
      </p>
      {shown.kind === 'view' && (
        <>
          <Button look="quiet" onPress={onRenew}>
            {filter.renew}
          </Button>
          <Button look="quiet" icon="cross" onPress={onClear}>
            {filter.clear}
          </Button>
        </>
      )}
    </div>
  );
}
