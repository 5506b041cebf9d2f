import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from './button.tsx';

/** Lets a person choose one text file and hands over what is in it. */
export function FileButton({
  children,
  endings,
  mostBytes,
  onText,
  onTooLarge,
}: {
  children: string;
  /** Such as `.json`; none: any file. */
  endings: readonly string[];
  mostBytes: number;
  onText: (text: string, fileName: string) => void;
  onTooLarge: () => void;
}) {
  return (
    <FileTrigger
      acceptedFileTypes={endings}
      onSelect={async (files) => {
        const file = files?.[0];
        if (file === undefined) return;
        if (file.size > mostBytes) onTooLarge();
        else onText(await file.text(), file.name);
      }}
    >
      <Button icon="file">{children}</Button>
    </FileTrigger>
  );
}
