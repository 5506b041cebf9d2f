import type { DraftFileView } from '../../../../shared/contract/drafts.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import type { ShownRows } from './file-memory.ts';

/** In the place of rows where there are none. */
export function GridEmpty({
  file,
  shown,
  onClear,
}: {
  file: DraftFileView;
  shown: ShownRows;
  onClear: () => void;
}) {
  const { title, text } = wordsOf(file, shown);
  return (
    <div className="grid-empty">
      <span className="grid-empty-mark" data-good={shown.kind === 'view' || undefined}>
        <Icon name={shown.kind === 'view' ? 'check' : 'file'} />
      </span>
      <p className="grid-empty-title">{title}</p>
      <p className="soft">{text}</p>
      {shown.kind === 'view' && <Button onPress={onClear}>{gridTexts.filter.clear}</Button>}
    </div>
  );
}

function wordsOf(file: DraftFileView, shown: ShownRows): { title: string; text: string } {
  const { filter } = gridTexts;
  if (shown.kind === 'all') return file.state === 'opening' ? gridTexts.opening : gridTexts.emptyFile;
  switch (shown.filter.show) {
    case 'edited':
      return { title: filter.emptyEditedTitle, text: filter.emptyEditedText };
    case 'skipped':
      return { title: filter.emptySkippedTitle, text: filter.emptySkippedText };
    default:
      return { title: filter.emptyProblemsTitle, text: filter.emptyProblemsText };
  }
}
