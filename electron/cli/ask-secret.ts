import { AppError } from '../../shared/errors.ts';

/** What is used of process.stdin. */
export interface KeyboardInput extends AsyncIterable<string | Buffer> {
  isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  off(event: 'data', listener: (text: string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** A password or a key; what is longer is a file piped in by mistake. */
const MAX_LENGTH = 65_536;

/**
 * Asks a person for a line that is not shown while it is typed. Resolves to '' where they just press Enter. Throws
 * `stopped` for Ctrl-C. `say` writes the question without a line break behind it.
 */
export function askHidden(
  input: KeyboardInput,
  say: (text: string) => void,
  question: string,
): Promise<string> {
  return askLine(input, say, question, false);
}

/** The same for what may be seen. */
export function askLine(
  input: KeyboardInput,
  say: (text: string) => void,
  question: string,
  shown = true,
): Promise<string> {
  say(question);
  input.setRawMode?.(true);
  input.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const end = (): void => {
      input.off('data', onData);
      input.setRawMode?.(false);
      input.pause();
      say('\n');
    };
    const onData = (text: string): void => {
      // Arrow keys and their kin come as escape sequences (ECMA-48), whole in one piece.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
      for (const key of text.replace(/\u001b\[[0-9;]*[A-Za-z~]/g, '')) {
        if (key === '\r' || key === '\n' || key === '\u0004') {
          end();
          resolve(typed.join(''));
          return;
        }
        if (key === '\u0003') {
          end();
          reject(new AppError({ code: 'stopped', message: 'Stopped.', hint: 'Nothing was saved.' }));
          return;
        }
        if (key === '\u007f' || key === '\b') {
          if (shown && typed.length > 0) say('\b \b');
          typed = typed.slice(0, -1);
        } else if (key >= ' ') {
          typed.push(key);
          if (shown) say(key);
        }
      }
    };
    input.on('data', onData);
    input.resume();
  });
}

/** All that is piped in, without the line break that `echo` ends it with. Throws usage.invalid where it is too much. */
export async function readPiped(input: KeyboardInput): Promise<string> {
  input.setEncoding('utf8');
  let text = '';
  for await (const piece of input) {
    text += String(piece);
    if (text.length > MAX_LENGTH)
      throw new AppError({
        code: 'usage.invalid',
        message: 'What was piped in is too long to be a password or key.',
        hint: 'Pipe in the password alone, or name its file with --password-file.',
      });
  }
  return text.replace(/\r?\n$/, '');
}
