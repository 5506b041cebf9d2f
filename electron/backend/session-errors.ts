import { AppError } from '../../shared/errors.ts';

/** For a page whose `hello` names another contract. */
export function otherVersion(): AppError {
  return new AppError({
    code: 'connection.refused',
    message: 'This page and the Accession behind it are of different versions.',
    hint: 'Reload the page. If that does not help, close Accession and start it again.',
  });
}

/** For a client that goes on saying what is no message. */
export function strangeMessages(): AppError {
  return new AppError({
    code: 'connection.refused',
    message: 'Accession did not understand what this page sent, and has ended the connection.',
    hint: 'Reload the page, so that it is of the same version as Accession.',
  });
}

/** For a subscription to what belongs to another client. */
export function notForYou(): AppError {
  return new AppError({
    code: 'usage.invalid',
    message: 'This page asked to follow something that is not its own.',
    hint: 'Reload the page.',
  });
}

/** For a client that has reached one of SessionLimits. */
export function tooMuch(of: 'requests' | 'subscriptions'): AppError {
  return new AppError({
    code: 'usage.invalid',
    message: `This page has too many ${of} open at once.`,
    hint: 'Wait a moment and try again, or reload the page.',
    retryable: true,
  });
}
