import { type About, aboutRoute, type Reply } from '../../shared/contract/about.ts';
import { AppError, reportOf, toAppError } from '../../shared/errors.ts';

export interface BackendRequest {
  /** Chosen by the asking side and given back with the answer. */
  id: number;
  route: string;
  input: unknown;
}

export interface BackendAnswer {
  id: number;
  reply: Reply<unknown>;
}

/** Answers one request. Never throws: what goes wrong is part of the answer. */
export async function answerRequest(request: BackendRequest, about: About): Promise<BackendAnswer> {
  try {
    return { id: request.id, reply: { ok: true, value: dispatch(request, about) } };
  } catch (thrown) {
    return { id: request.id, reply: { ok: false, error: reportOf(toAppError(thrown)) } };
  }
}

function dispatch(request: BackendRequest, about: About): unknown {
  if (request.route !== aboutRoute.name) {
    throw new AppError({
      code: 'usage.invalid',
      message: 'The window asked for something this version of Accession does not know.',
      hint: 'Close Accession and start it again, so that window and backend are of the same version.',
    });
  }
  const input = aboutRoute.input.safeParse(request.input);
  if (!input.success) {
    throw new AppError({
      code: 'usage.invalid',
      message: `The window asked "${aboutRoute.name}" in a form the backend does not understand.`,
      hint: 'Close Accession and start it again, so that window and backend are of the same version.',
      cause: input.error,
    });
  }
  return aboutRoute.output.parse(about);
}
