import type { z } from 'zod';
import type { NameIn, RouteIn } from './contract.ts';
import type { Route } from './define.ts';

/** The files of the asking client: a page names a file by an id that was issued to it, never by its path. */
export interface ClientFiles {
  /** Throws file.missing for an id that was not issued to this client. */
  pathOf(id: string): string;
}

/** What a handler knows of its call besides the input. */
export interface CallContext {
  /** Names the client for as long as it keeps its files: a window's page, a signed-in browser. */
  readonly client: string;
  readonly files: ClientFiles;
  /** Aborted when the client cancels, leaves or is lost. Work that must outlive its page ignores it. */
  readonly signal: AbortSignal;
}

/** Answers one route. Gets parsed input; what it returns is parsed again; throws AppError for what goes wrong. */
export type Handler<R extends Route> = (
  input: z.output<R['input']>,
  context: CallContext,
) => z.input<R['output']> | Promise<z.input<R['output']>>;

/** One handler for each route: a missing one does not compile. */
export type HandlersOf<R extends readonly Route[]> = {
  readonly [N in NameIn<R>]: Handler<RouteIn<R, N>>;
};

/** Adds to `H` that it has no other keys than the routes' names: an extra handler does not compile either. */
export type Exactly<R extends readonly Route[], H> = H & Record<Exclude<keyof H, NameIn<R>>, never>;
