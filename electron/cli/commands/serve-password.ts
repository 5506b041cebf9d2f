import { AppError } from '../../../shared/errors.ts';
import { homeDirOf } from '../../compose/profile.ts';
import { writePasswordFile } from '../../compose/serving.ts';
import { passwordPath, savePassword } from '../../server/password-file.ts';
import { askHidden, type KeyboardInput, readPiped } from '../ask-secret.ts';
import { EXIT, reportError } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';

/** `accession serve --set-password`: asks twice on a terminal, else takes what is piped in. Never shows it. */
export async function setPasswordCommand(
  terminal: Terminal,
  keyboard: KeyboardInput,
  json: boolean,
): Promise<number> {
  try {
    const homeDir = homeDirOf(process.env);
    const password = keyboard.isTTY === true ? await askTwice(terminal, keyboard) : await readPiped(keyboard);
    await savePassword(homeDir, password, writePasswordFile);
    if (json) terminal.print(JSON.stringify({ saved: true }));
    else
      terminal.print(
        `The password is saved (as a hash, in ${passwordPath(homeDir)}). It counts from the next sign-in on; who is signed in stays so until the server is started anew.`,
      );
    return EXIT.done;
  } catch (thrown) {
    return reportError(terminal, json, thrown);
  }
}

async function askTwice(terminal: Terminal, keyboard: KeyboardInput): Promise<string> {
  const password = await askHidden(keyboard, terminal.ask, 'Password for the browser page: ');
  const again = await askHidden(keyboard, terminal.ask, 'Once more: ');
  if (password === again) return password;
  throw new AppError({
    code: 'usage.invalid',
    message: 'The two were not the same, so no password was saved.',
    hint: 'Try again: accession serve --set-password',
  });
}
