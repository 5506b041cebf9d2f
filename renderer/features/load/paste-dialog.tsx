import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextInput } from '../../components/text-input.tsx';
import { loadTexts } from '../../texts/load.ts';
import { isTable } from './pasted-cells.ts';

const texts = loadTexts.paste;

/** Takes cells of a spreadsheet where Ctrl+V on the screen is not at hand, and hands them over as a file. */
export function PasteDialog({
  isOpen,
  onClose,
  onCells,
}: {
  isOpen: boolean;
  onClose: () => void;
  onCells: (text: string) => void;
}) {
  const [cells, setCells] = useState('');
  const [asked, setAsked] = useState(false);
  const problem = cells.trim() === '' ? texts.missing : isTable(cells) ? undefined : texts.noTable;

  function close(): void {
    setCells('');
    setAsked(false);
    onClose();
  }
  function use(): void {
    setAsked(true);
    if (problem !== undefined) return;
    onCells(cells);
    close();
  }
  return (
    <Dialog
      title={texts.title}
      isOpen={isOpen}
      onClose={close}
      wide
      actions={
        <>
          <Button onPress={close}>{texts.cancel}</Button>
          <Button look="primary" onPress={use}>
            {texts.use}
          </Button>
        </>
      }
    >
      <p className="soft">{texts.lead}</p>
      <TextInput
        label={texts.cells}
        value={cells}
        onChange={setCells}
        rows={9}
        mono
        autoFocus
        placeholder={texts.placeholder}
        error={asked ? problem : undefined}
      />
    </Dialog>
  );
}
