import { copyText } from '../lib/copy-text.ts';
import { usePage } from '../lib/page-context.tsx';
import { codeTexts } from '../texts/screens.ts';
import { Button } from './button.tsx';

/** Copies on a press and says in the status bar whether that worked. */
export function CopyButton({ text, of, children }: { text: string; of: string; children?: string }) {
  const { say } = usePage();
  return (
    <Button
      look="quiet"
      icon="copy"
      aria-label={codeTexts.copyNamed(of)}
      onPress={async () => {
        if (await copyText(text)) say(codeTexts.copied);
        else say(codeTexts.notCopied, 'bad');
      }}
    >
      {children ?? codeTexts.copy}
    </Button>
  );
}

/** Lines to be used elsewhere: a command, SQL, a link. */
export function CodeLines({ text, of }: { text: string; of: string }) {
  return (
    <div className="code-lines">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled with the keyboard */}
      <pre className="code-text" tabIndex={0}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} of={of} />
    </div>
  );
}
