import { AppError } from '../../../shared/errors.ts';

export function unknownDraft(): AppError {
  return new AppError({
    code: 'draft.unknown',
    message: 'These files are not open any more.',
    hint: 'They may have been closed in another window, or be open for somebody else. Drop them again.',
  });
}

export function unknownFile(): AppError {
  return new AppError({
    code: 'draft.file-unknown',
    message: 'This file is not among the open ones any more.',
    hint: 'It may have been taken out in another window. Add it again if it is needed.',
  });
}

export function notReady(name: string): AppError {
  return new AppError({
    code: 'draft.busy',
    message: `${name} cannot be shown or changed yet.`,
    hint: 'Wait until it has been read; if it could not be read, its card says what is to be done.',
    retryable: true,
  });
}

export function beingLoaded(): AppError {
  return new AppError({
    code: 'draft.busy',
    message: 'These files are being loaded right now.',
    hint: 'Change them when the load has ended, or stop it first.',
    retryable: true,
  });
}

export function noSuchCell(cause: unknown): AppError {
  return new AppError({
    code: 'draft.file-unknown',
    message: 'A row or cell that was to be changed is not in the file.',
    hint: 'Nothing was changed. Look at the rows again: the file may have been read in another way meanwhile.',
    cause,
  });
}

export function viewGone(): AppError {
  return new AppError({
    code: 'draft.view-gone',
    message: 'This list of rows is not kept any more.',
    hint: 'Choose the filter again.',
    retryable: true,
  });
}

export function editsLost(name: string, cells: number): AppError {
  return new AppError({
    code: 'draft.edits-lost',
    message: `${name}: read in this way its cells are others, so the ${cells === 1 ? 'change' : `${cells} changes`} made to it cannot be kept.`,
    hint: 'Agree to lose them, or leave the file as it is read now.',
  });
}

export function reviewFirst(): AppError {
  return new AppError({
    code: 'draft.review-first',
    message: 'This target wants to be compared with before anything is written to it.',
    hint: 'Open the review, look at what would change, and load from there.',
  });
}

export function reviewGone(): AppError {
  return new AppError({
    code: 'draft.review-gone',
    message: 'There is no comparison with the database that is still right.',
    hint: 'Compare again: something was changed since, or Accession was started anew.',
    retryable: true,
  });
}

export function notConfirmed(name: string): AppError {
  return new AppError({
    code: 'draft.not-confirmed',
    message: 'Nothing was loaded: the name of the target was not typed as it is.',
    hint: `Type ${name} to load into it.`,
  });
}

export function readOnlyTarget(name: string): AppError {
  return new AppError({
    code: 'profile.read-only',
    message: `The profile "${name}" is read-only: nothing is written through it. Nothing was changed.`,
    hint: 'Choose another profile, or switch "read-only" off in this one.',
  });
}

export function nothingToLoad(): AppError {
  return new AppError({
    code: 'load.nothing-accepted',
    message: 'None of the rows can be loaded as they are.',
    hint: 'See what is wrong with them in the list of problems.',
  });
}
