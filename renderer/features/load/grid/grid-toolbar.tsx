import type { Ref } from 'react';
import type { DraftFileView, DraftView, RowFilter } from '../../../../shared/contract/drafts.ts';
import { gridTexts } from '../../../texts/grid.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import type { ShownRows } from './file-memory.ts';
import { FilterMenu } from './filter-menu.tsx';
import { FindField } from './find-field.tsx';
import { otherFile } from './other-file.ts';
import { rowProblems } from './row-problems.ts';
import { ToolButton } from './tool-button.tsx';
import type { Fixing } from './use-fixing.ts';
import type { Going } from './use-going.ts';
import type { GridColumns } from './use-grid-columns.ts';

export function GridToolbar({
  draft,
  file,
  shown,
  title,
  columns,
  fixing,
  going,
  isLocked,
  panel,
  findRef,
  onFilter,
  onReplace,
  onFindLeft,
}: {
  draft: DraftView;
  file: DraftFileView;
  shown: ShownRows;
  title: string;
  columns: GridColumns;
  fixing: Fixing;
  going: Going;
  isLocked: boolean;
  panel: { isOpen: boolean; toggle: () => void };
  findRef: Ref<HTMLInputElement>;
  onFilter: (filter: RowFilter | null) => void;
  onReplace: () => void;
  onFindLeft: () => void;
}) {
  const { toolbar } = gridTexts;
  const problems = rowProblems(file);
  const undo =
    draft.undo === null ? null : toolbar.undo(draft.undo, otherFile(draft, 'undoFileNo', file.fileNo));
  const redo =
    draft.redo === null ? null : toolbar.redo(draft.redo, otherFile(draft, 'redoFileNo', file.fileNo));
  return (
    <div className="grid-toolbar" role="toolbar" aria-label={gridTexts.toolsLabel}>
      <FilterMenu file={file} shown={shown} title={title} onFilter={onFilter} />
      <div className="grid-tools grid-stepper" data-state={problems === 0 ? 'none' : 'some'}>
        <ToolButton
          icon="up"
          label={toolbar.previousProblem}
          tip={toolbar.previousProblem}
          isDisabled={problems === 0}
          onPress={() => void going.problem(true)}
        />
        <span className="grid-problems">
          {problems === 0 ? toolbar.noProblems : toolbar.problems(problems)}
        </span>
        <ToolButton
          icon="down"
          label={toolbar.nextProblem}
          tip={toolbar.nextProblem}
          isDisabled={problems === 0}
          onPress={() => void going.problem(false)}
        />
      </div>
      <div className="grid-tools">
        <ToolButton
          icon="undo"
          label={undo ?? toolbar.undoLabel}
          tip={undo ?? toolbar.nothingToUndo}
          isDisabled={undo === null || isLocked}
          onPress={() => void fixing.undo()}
        />
        <ToolButton
          icon="redo"
          label={redo ?? toolbar.redoLabel}
          tip={redo ?? toolbar.nothingToRedo}
          isDisabled={redo === null || isLocked}
          onPress={() => void fixing.redo()}
        />
      </div>
      <FindField
        fieldRef={findRef}
        onFind={(text, back) => void going.find(text, back)}
        onLeave={onFindLeft}
      />
      <div className="grid-tools grid-tools-end">
        <ToolButton
          icon="swap"
          label={toolbar.replace}
          tip={toolbar.replaceHint}
          isDisabled={isLocked}
          onPress={onReplace}
        >
          {toolbar.replace}
        </ToolButton>
        <ColumnsMenu columns={columns} />
        <ToolButton
          icon="panel"
          label={toolbar.issues}
          tip={panel.isOpen ? toolbar.hideIssues : toolbar.showIssues}
          isPressed={panel.isOpen}
          onPress={panel.toggle}
        >
          {toolbar.issues}
        </ToolButton>
      </div>
    </div>
  );
}
