import type { RouteName } from '../../../shared/contract/routes.ts';
import type { MarkedSchool } from './marked-school.ts';
import { secretsOf, studentsOf } from './marked-school.ts';
import { expectNone, type Mark, marksIn } from './marks.ts';

/** A place in a route's answer where its own client is shown what stands in the files that it opened. */
interface Shown {
  routes: readonly RouteName[];
  /** Below the answer's value; `*` is any index or key. */
  at: readonly string[];
  /** Left out: whatever a cell holds. */
  only?: readonly (keyof MarkedSchool['students'])[];
  because: string;
}

/** Routes that answer with the whole draft. */
const WITH_DRAFT: readonly RouteName[] = [
  'drafts.open',
  'drafts.openSamples',
  'drafts.paste',
  'drafts.show',
  'drafts.add',
  'drafts.remove',
  'drafts.target',
  'drafts.read',
  'drafts.edit',
  'drafts.skip',
  'drafts.apply',
  'drafts.undo',
  'drafts.redo',
];

/** Everything that may show a student to a page, and why. Whatever is not named here may not. */
const SHOWN: readonly Shown[] = [
  {
    routes: ['drafts.rows'],
    at: ['rows.*.cells.*', 'rows.*.edited.*.original', 'rows.*.issues.*.value'],
    because: 'the grid is the place where a person sees and mends cells',
  },
  {
    routes: ['drafts.issues', 'drafts.nextProblem'],
    at: ['issues.*.value', 'found.issue.value'],
    because: 'the list of problems shows the cell that each speaks of, beside its text',
  },
  {
    routes: ['drafts.rows', 'drafts.issues', 'drafts.nextProblem'],
    at: ['rows.*.issues.*.suggestion.value', 'issues.*.suggestion.value', 'found.issue.suggestion.value'],
    because: 'what is suggested may be the cell itself, without a character that nobody sees',
  },
  {
    routes: ['drafts.rows', 'drafts.issues', 'drafts.nextProblem'],
    at: ['rows.*.issues.*.message', 'issues.*.message', 'found.issue.message'],
    only: ['heading', 'lost'],
    because: 'a text about a row names a column as the file calls it, and whom a checkout refers to in vain',
  },
  {
    routes: ['drafts.columns'],
    at: ['columns.*.samples.*', 'canonical.*.source.value', 'mapping.columns.*.constant'],
    because: 'which column is which is told by what stands in it, and a constant is what was entered as one',
  },
  {
    routes: ['drafts.columns', 'drafts.issues'],
    at: ['columns.*.heading', 'issues.*.column'],
    only: ['heading'],
    because: 'columns are called by their headings',
  },
  {
    routes: WITH_DRAFT,
    at: ['*.files.*.issueCounts.*.column', 'outcome.draft.files.*.issueCounts.*.column'],
    only: ['heading'],
    because: 'problems are counted by column',
  },
  {
    routes: ['drafts.damage'],
    at: ['findings.*.examples.*.before', 'findings.*.examples.*.after'],
    because: 'whether a repair is right is seen from what it would make of cells',
  },
  {
    routes: ['drafts.plan'],
    at: ['examples.*.before', 'examples.*.after', 'rules.*'],
    because: 'whether a change of many cells is right is seen from some of them, before and after',
  },
  {
    routes: ['drafts.reviewRows'],
    at: ['rows.*.key', 'rows.*.fields.*.before', 'rows.*.fields.*.after'],
    because: 'a review names the records that would be written, and what would change in them',
  },
  {
    routes: ['drafts.exportPiece'],
    at: ['base64'],
    because: 'it is the file of rejected rows itself',
  },
  {
    routes: ['rules.list'],
    at: ['rules.*.from', 'rules.*.to', 'rules.*.label'],
    because: 'a rule that was taught is what a cell means, and is told in words',
  },
  {
    routes: WITH_DRAFT,
    at: ['*.files.*.rulesApplied.*.label', 'outcome.draft.files.*.rulesApplied.*.label'],
    because: 'a person is told in words which of the rules that were taught have changed the file',
  },
  {
    routes: WITH_DRAFT,
    at: ['*.files.*.header.*', 'outcome.draft.files.*.header.*'],
    only: ['heading'],
    because: 'the grid shows the headings of a file that is understood',
  },
  {
    routes: [...WITH_DRAFT, 'drafts.operations'],
    at: [
      '*.undo',
      '*.redo',
      'outcome.draft.undo',
      'outcome.draft.redo',
      'outcome.label',
      'operations.*.label',
    ],
    only: ['heading'],
    because: 'what was done names the column as the file calls it, and no cell of it',
  },
];

const PLACES = SHOWN.flatMap((shown) => shown.at.map((at) => ({ ...shown, at, steps: at.split('.') })));

/** Holds what comes to a page against the list above. */
export interface ShownCells {
  /**
   * `message`: of the contract's protocol, or one that carries it. `routes`: whose answer each reply is; any other
   * message may show nothing at all. `more`: secrets of this test alone.
   */
  expectOnlyShownIn(message: unknown, routes: ReadonlyMap<object, RouteName>, more?: readonly Mark[]): void;
  /** Excuses that nothing needed: places where no student was seen. */
  unused(): string[];
}

export function shownCells(school: MarkedSchool): ShownCells {
  const used = new Set<string>();
  const students = studentsOf(school);

  /** The value without the texts that may show students. */
  const without = (route: RouteName, value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((each, at) => without(route, each, [...path, String(at)]));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, without(route, each, [...path, key])]),
      );
    if (typeof value !== 'string') return value;
    const places = PLACES.filter(({ routes, steps }) => routes.includes(route) && leadsTo(steps, path));
    const allowed = places.flatMap(({ only }) => only?.map((name) => school.students[name]) ?? students);
    const others = students.filter((mark) => !allowed.includes(mark));
    expectNone(`${path.join('.')} of ${route}`, value, others);
    if (marksIn(value, allowed).length === 0) return value;
    for (const { at } of places) used.add(at);
    return '';
  };

  return {
    expectOnlyShownIn(message, routes, more = []) {
      const reply = replyIn(message);
      const route = reply === null ? undefined : routes.get(reply);
      const where = `what crosses to the page${route === undefined ? '' : ` as the answer of ${route}`}`;
      expectNone(where, message, [...secretsOf(school), ...more]);
      // An error is never excused: `value` is not in it.
      if (route === undefined || reply?.value === undefined) expectNone(where, message, students);
      else expectNone(where, without(route, reply.value, []), students);
    },
    unused: () => PLACES.filter(({ at }) => !used.has(at)).map(({ at, routes }) => `${routes[0]}: ${at}`),
  };
}

function leadsTo(steps: readonly string[], path: readonly string[]): boolean {
  return steps.length === path.length && steps.every((step, at) => step === '*' || step === path[at]);
}

/** The reply of an answer, which the desktop carries in a message of its own. */
function replyIn(message: unknown): { value?: unknown } | null {
  if (typeof message !== 'object' || message === null) return null;
  if ('reply' in message) return message.reply as { value?: unknown };
  return 'message' in message ? replyIn(message.message) : null;
}
