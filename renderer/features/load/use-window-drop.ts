import { useEffect, useRef, useState } from 'react';
import { isUnderDialog } from '../../lib/shortcuts.tsx';

/**
 * Makes the whole window a target for files, and tells while some are held over it. Under a dialog they are
 * refused: whoever drops there does not see what becomes of them.
 */
export function useWindowDrop(onDrop: (dropped: DataTransfer) => void): { isOver: boolean } {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onDrop);
  latest.current = onDrop;

  useEffect(() => {
    function onDragOver(event: DragEvent): void {
      if (!bringsFiles(event)) return;
      // Otherwise the browser would go to the file.
      event.preventDefault();
      const refused = isUnderDialog();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = refused ? 'none' : 'copy';
      setOver(!refused);
    }
    function onDragLeave(event: DragEvent): void {
      // From one element to the next there is another one; out of the window there is none.
      if (event.relatedTarget === null) setOver(false);
    }
    function onDropped(event: DragEvent): void {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer !== null && !isUnderDialog()) latest.current(event.dataTransfer);
    }
    window.addEventListener('dragenter', onDragOver);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDropped);
    return () => {
      window.removeEventListener('dragenter', onDragOver);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDropped);
    };
  }, []);
  return { isOver };
}

function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}
