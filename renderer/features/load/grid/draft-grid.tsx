import { useLayoutEffect, useRef, useState } from 'react';
import type { DraftView } from '../../../../shared/contract/drafts.ts';
import { FileGrid } from './file-grid.tsx';
import { type FileMemory, newFileMemory } from './file-memory.ts';

/**
 * The rows of one file of a draft, with everything to look through and to mend them. Fills its container. `onDraft`
 * gets the newer draft with which an edit, an undo and the like are answered. How a file's grid was arranged is kept
 * while another file is shown, as long as this component is there.
 */
export function DraftGrid({
  draft,
  fileNo,
  onDraft,
}: {
  draft: DraftView;
  fileNo: number;
  onDraft: (draft: DraftView) => void;
}) {
  const [memories] = useState(() => new Map<string, FileMemory>());
  const { frame, width } = useWidth();
  const isNarrow = width < NARROW;
  // Until somebody decides, the list of problems is there where there is room for it.
  const [isPanelOpen, setPanelOpen] = useState<boolean | null>(null);
  const isOpen = isPanelOpen ?? !isNarrow;
  const file = draft.files.find((one) => one.fileNo === fileNo);
  if (file === undefined) return null;
  // Another way of reading a file makes other columns of it: nothing of the old arrangement fits.
  const key = `${draft.draftId} ${fileNo} ${file.header.join('\u0000')}`;
  const memory = memories.get(key) ?? newFileMemory();
  memories.set(key, memory);
  return (
    <div
      ref={frame}
      className="draft-grid"
      data-narrow={isNarrow || undefined}
      data-compact={width < COMPACT || undefined}
    >
      <FileGrid
        key={key}
        draft={draft}
        file={file}
        memory={memory}
        onDraft={onDraft}
        panel={{ isOpen, toggle: () => setPanelOpen(!isOpen) }}
      />
    </div>
  );
}

/** In CSS pixels: below it the list of problems would leave too little of the rows, and lies over them instead. */
const NARROW = 720;
/** Below it the toolbar has no room for all of its words. */
const COMPACT = 960;

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(COMPACT);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = (): void => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { frame, width };
}
