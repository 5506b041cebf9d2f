import { afterEach, beforeEach, expect } from 'vitest';
import type { Checked } from '../../../electron/engine/check.ts';
import type { CheckedFile } from '../../../electron/engine/check-file.ts';
import {
  createEditSession,
  type EditOutcome,
  type EditSession,
} from '../../../electron/engine/edit-session.ts';
import type { CheckPorts } from '../../../electron/engine/load-context.ts';
import type { IdLookup } from '../../../electron/engine/references.ts';
import {
  checkedFromScratch,
  createEditBench,
  type EditBench,
  NEVER,
  stateNames,
  stateOf,
} from './edit-harness.ts';

export const BOOKS = 'book_id,title,page_count\n';
export const STUDENTS = 'student_id,grade_level,age,homeroom_teacher,lunch_period\n';
export const CHECKOUTS = 'student_id,book_id,checkout_date\n';

/** The files of a test, checked and open for edits. */
export interface Editing {
  readonly checked: Checked;
  readonly session: EditSession;
  /** Opens files in the order in which the load has them: books, students, checkouts. */
  open(files: readonly string[], lookup?: IdLookup | null): Promise<void>;
  /** The same files in a session of its own, over another workspace. */
  openOver(wrap: (workspace: CheckPorts['workspace']) => CheckPorts['workspace']): EditSession;
  edit(
    fileNo: number,
    row: number,
    position: number,
    text: string | null,
    label?: string,
  ): Promise<EditOutcome | null>;
  file(fileNo: number): CheckedFile;
  /** `row code column` of every issue of a file. */
  told(fileNo: number): Promise<string[]>;
  /** Text of a row's first issue; empty where it has none. */
  message(fileNo: number, row: number): Promise<string>;
  states(fileNo: number): string[];
  labels(): Promise<string[]>;
}

/** For the tests of one file. Whatever a test did: in the end all is as a check from scratch finds it. */
export function editing(): Editing {
  let bench: EditBench;
  let checked: Checked;
  let session: EditSession;
  let asked: IdLookup | null;
  beforeEach(() => {
    bench = createEditBench();
  });
  afterEach(async () => {
    try {
      expect(await stateOf(checked)).toEqual(await checkedFromScratch(checked, asked));
    } finally {
      await checked.close();
      await bench.close();
      bench.remove();
    }
  });
  const fileOf = (fileNo: number): CheckedFile => {
    const file = checked.files[fileNo];
    if (file === undefined) throw new Error(`The test has no file ${fileNo}.`);
    return file;
  };
  return {
    get checked() {
      return checked;
    },
    get session() {
      return session;
    },
    async open(files, lookup = null) {
      asked = lookup;
      const paths = files.map((text, i) => bench.file(`file-${i}.csv`, text));
      checked = await bench.check(paths, lookup);
      session = createEditSession(checked.context, checked.files, () => lookup);
    },
    openOver(wrap) {
      const ports = { ...bench.ports, workspace: wrap(bench.ports.workspace) };
      return createEditSession({ ...checked.context, ports }, checked.files, () => asked);
    },
    edit: (fileNo, row, position, text, label = 'Edit') =>
      session.edit(label, [{ fileNo, row, position, text }]),
    file: fileOf,
    async told(fileNo) {
      const { workspace } = bench.ports;
      const issues = await workspace.issues(checked.checkId, fileNo, { offset: 0, limit: 1_000 }, NEVER);
      return issues.map(({ row, code, column }) => `${row} ${code} ${column}`);
    },
    async message(fileNo, row) {
      const page = { offset: 0, limit: 1, fromRow: row, toRow: row };
      const [issue] = await bench.ports.workspace.issues(checked.checkId, fileNo, page, NEVER);
      return issue?.message ?? '';
    },
    states: (fileNo) => stateNames(fileOf(fileNo)),
    async labels() {
      return (await bench.ports.workspace.operations(checked.checkId, NEVER)).map(({ label }) => label);
    },
  };
}
