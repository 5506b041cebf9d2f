import { useEffect, useRef } from 'react';
import { gridTexts } from '../../../texts/grid.ts';

export type AfterEdit = 'down' | 'up' | 'next-cell' | 'previous-cell' | 'stay';

/**
 * The cell as a field. It stands on the ground of all fields, whatever is wrong with the cell, grows with its text,
 * and keeps line breaks that the cell has.
 */
export function CellEditor({
  heading,
  row,
  text,
  isTyped,
  isInvalid,
  onDone,
  onLeave,
}: {
  heading: string;
  row: number;
  text: string;
  /** `text` is what was just typed; else all of it is chosen. */
  isTyped: boolean;
  isInvalid: boolean;
  onDone: (text: string, then: AfterEdit) => void;
  onLeave: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const isOver = useRef(false);

  useEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.focus({ preventScroll: true });
    if (isTyped) element.setSelectionRange(element.value.length, element.value.length);
    else element.select();
  }, [isTyped]);

  function finish(then: AfterEdit): void {
    if (isOver.current) return;
    isOver.current = true;
    onDone(field.current?.value ?? text, then);
  }

  return (
    <textarea
      ref={field}
      className="grid-editor"
      rows={1}
      defaultValue={text}
      aria-label={gridTexts.editorLabel(heading, row)}
      aria-description={gridTexts.editorHint}
      aria-invalid={isInvalid}
      autoComplete="off"
      spellCheck={false}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') {
          isOver.current = true;
          event.preventDefault();
          onLeave();
        } else if (event.key === 'Enter' && event.altKey) {
          event.preventDefault();
          const { selectionStart, selectionEnd } = event.currentTarget;
          event.currentTarget.setRangeText('\n', selectionStart, selectionEnd, 'end');
        } else if (event.key === 'Enter') {
          event.preventDefault();
          finish(event.shiftKey ? 'up' : 'down');
        } else if (event.key === 'Tab') {
          event.preventDefault();
          finish(event.shiftKey ? 'previous-cell' : 'next-cell');
        } else if (event.key === 'F8') {
          // The page goes on from here to the next problem.
          finish('stay');
        }
      }}
      onPaste={(event) => event.stopPropagation()}
      onCopy={(event) => event.stopPropagation()}
      onCut={(event) => event.stopPropagation()}
      onBlur={() => finish('stay')}
    />
  );
}
