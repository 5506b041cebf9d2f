import { type Ref, useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { ToolButton } from './tool-button.tsx';

/** Enter goes to the next place, Shift+Enter to the one before, Escape into the rows, to the place that was found. */
export function FindField({
  fieldRef,
  onFind,
  onLeave,
}: {
  fieldRef: Ref<HTMLInputElement>;
  onFind: (text: string, backwards: boolean) => void;
  onLeave: () => void;
}) {
  const [text, setText] = useState('');
  const { toolbar } = gridTexts;
  const find = (backwards: boolean): void => {
    if (text !== '') onFind(text, backwards);
  };
  return (
    <div className="grid-find">
      <Icon name="search" />
      <input
        ref={fieldRef}
        className="grid-find-field"
        type="text"
        value={text}
        placeholder={toolbar.findHint}
        aria-label={toolbar.find}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            find(event.shiftKey);
          } else if (event.key === 'Escape') {
            event.preventDefault();
            onLeave();
          }
        }}
      />
      {text !== '' && (
        <>
          <ToolButton
            icon="up"
            label={toolbar.findPrevious}
            tip={toolbar.findPrevious}
            onPress={() => find(true)}
          />
          <ToolButton
            icon="down"
            label={toolbar.findNext}
            tip={toolbar.findNext}
            onPress={() => find(false)}
          />
        </>
      )}
    </div>
  );
}
