import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { SqliteWorkspace } from '../../../../electron/adapters/workspace/sqlite-workspace.ts';
import type { RowIssue } from '../../../../shared/records/types.ts';

export const NEVER = new AbortController().signal;
export const LOAD = '6f0c2f5e-7a86-4f0e-9a2f-2d7f5f0b1c11';
export const ALL = { offset: 0, limit: 1_000 };

/** A workspace of each test's own. */
export interface WorkspaceBench {
  /** Where the workspace makes its folder, once it has to. */
  readonly dir: string;
  readonly workspace: SqliteWorkspace;
  /** As another process would find it. */
  reopened(): Promise<SqliteWorkspace>;
}

export function workspaceBench(): WorkspaceBench {
  let dir: string;
  let workspace: SqliteWorkspace;
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'accession-workspace-')), 'workspace');
    workspace = new SqliteWorkspace(dir);
  });
  afterEach(async () => {
    await workspace.close();
    rmSync(join(dir, '..'), { recursive: true, force: true });
  });
  return {
    get dir() {
      return dir;
    },
    get workspace() {
      return workspace;
    },
    async reopened() {
      await workspace.close();
      workspace = new SqliteWorkspace(dir);
      return workspace;
    },
  };
}

export function issue(row: number, more: Partial<RowIssue> = {}): RowIssue {
  return {
    row,
    line: row + 1,
    column: 'title',
    code: 'value.required',
    severity: 'error',
    value: '',
    message: 'There is no title.',
    suggestion: null,
    ...more,
  };
}

export function rowsOf(issues: readonly RowIssue[]): number[] {
  return issues.map(({ row }) => row);
}
