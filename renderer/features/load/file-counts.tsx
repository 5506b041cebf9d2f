import type { DraftFileView } from '../../../shared/contract/drafts.ts';
import { Icon } from '../../components/icon.tsx';
import { fileTexts } from '../../texts/load-file.ts';

/** How many errors, warnings and rows left out a file has; each with a sign, so that colour only repeats it. */
export function FileCounts({ file }: { file: DraftFileView }) {
  const { errors, warnings, skipped, editedCells, rows } = file;
  return (
    <p className="file-counts">
      {errors > 0 && (
        <span className="mark" data-tone="bad">
          <Icon name="cross" /> {fileTexts.errors(errors)}
        </span>
      )}
      {warnings > 0 && (
        <span className="mark" data-tone="warn">
          <Icon name="alert" /> {fileTexts.warnings(warnings)}
        </span>
      )}
      {errors + warnings === 0 && rows > 0 && (
        <span className="mark" data-tone="good">
          <Icon name="check" /> {fileTexts.inOrder}
        </span>
      )}
      {skipped > 0 && (
        <span className="mark">
          <Icon name="skip" /> {fileTexts.skipped(skipped)}
        </span>
      )}
      {editedCells > 0 && (
        <span className="mark">
          <Icon name="pen" /> {fileTexts.edited(editedCells)}
        </span>
      )}
    </p>
  );
}
