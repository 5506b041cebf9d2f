import { z } from 'zod';
import type { NameIn } from '../../shared/contract/contract.ts';
import type { Route } from '../../shared/contract/define.ts';
import type { Reply } from '../../shared/contract/envelope.ts';
import type { CallContext, Exactly, HandlersOf } from '../../shared/contract/handlers.ts';
import { AppError, reportOf, toAppError, traceOf } from '../../shared/errors.ts';

export interface Router {
  /** Answers one request. Never rejects: what goes wrong is part of the answer. */
  answer(request: { route: string; input: unknown }, context: CallContext): Promise<Reply<unknown>>;
}

/** Something broke inside; `trace` (see traceOf) is for the log and holds nobody's values. */
export type ReportInternalError = (error: { where: string; trace: string }) => void;

type AnyHandler = (input: unknown, context: CallContext) => unknown;

/**
 * Stands between a page and the handlers: parses what comes in, parses what goes out (so that nothing leaves
 * that the contract does not name), and turns whatever is thrown into an answer. Errors of code `internal`
 * are reported too.
 */
export function createRouter<const R extends readonly Route[], H extends HandlersOf<R>>(
  routes: R,
  handlers: Exactly<R, H>,
  onInternalError: ReportInternalError,
): Router {
  const table = new Map<string, { route: Route; handle: AnyHandler }>();
  // The mapped type holds each handler to its route; a list that is walked through can't know which is which.
  for (const route of routes)
    table.set(route.name, { route, handle: handlers[route.name as NameIn<R>] as unknown as AnyHandler });

  async function run(request: { route: string; input: unknown }, context: CallContext): Promise<unknown> {
    const entry = table.get(request.route);
    if (entry === undefined) throw unknownRoute();
    const input = entry.route.input.safeParse(request.input);
    if (!input.success) throw badInput(entry.route, input.error.issues);
    context.signal.throwIfAborted();
    return entry.route.output.parse(await entry.handle(input.data, context));
  }

  return {
    async answer(request, context) {
      try {
        return { ok: true, value: await run(request, context) };
      } catch (thrown) {
        const error = context.signal.aborted ? stopped() : toAppError(thrown);
        if (error.code === 'internal') onInternalError({ where: request.route, trace: traceOf(error) });
        return { ok: false, error: reportOf(error) };
      }
    },
  };
}

function unknownRoute(): AppError {
  return new AppError({
    code: 'usage.invalid',
    message: 'This page asked for something that this version of Accession does not know.',
    hint: 'Reload the page, or close Accession and start it again, so that both are of the same version.',
  });
}

/** Names the fields that do not fit, never what stands in them, nor keys that the page has made up. */
function badInput(route: Route, issues: readonly { path: readonly PropertyKey[] }[]): AppError {
  const names = fieldNames(route.input);
  const isOurs = (step: PropertyKey): boolean => typeof step === 'number' || names.has(String(step));
  const fields = new Set(
    issues.map(({ path }) => {
      const foreign = path.findIndex((step) => !isOurs(step));
      return path.slice(0, foreign === -1 ? path.length : foreign).join('.');
    }),
  );
  fields.delete('');
  const where = fields.size === 0 ? '' : ` Look at: ${[...fields].slice(0, 5).join(', ')}.`;
  return new AppError({
    code: 'usage.invalid',
    message: `What was sent with "${route.name}" is not what Accession expects there.${where}`,
    hint: 'Correct what was entered. If nothing was, reload the page so that it is of the same version as Accession.',
  });
}

/** Of every object in it, as its JSON Schema has them: the keys of a record are nobody's fields. */
function fieldNames(schema: z.ZodType): Set<string> {
  const names = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'properties') for (const name of Object.keys(value)) names.add(name);
      walk(value);
    }
  };
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return names;
}

function stopped(): AppError {
  return new AppError({
    code: 'stopped',
    message: 'This was stopped before it was done.',
    hint: 'Ask for it again if it is still wanted.',
    retryable: true,
  });
}
