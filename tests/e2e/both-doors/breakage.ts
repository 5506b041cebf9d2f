import type { Page } from 'playwright-core';
import type { Part, TestReport } from './profile-steps.ts';
import type { School } from './school.ts';

/** What a breakage is done to: the profile on the screen, the servers behind it, the folder of the index. */
export interface Bench {
  page: Page;
  school: School;
  dataDir: string;
}

/** What the screen must say of one part. Texts are fragments that no other breakage shows. */
export interface Expected {
  message: string;
  /** How to mend it, in words. */
  mend: string;
  /** And beyond words: for whom, and a line of what is to be typed. */
  fix?: { title: string; line: string };
}

export interface Breakage {
  name: string;
  /** Why it cannot be made here; left out: it can. */
  skipped?: string | null;
  break(bench: Bench): Promise<void>;
  /** The parts that do not work any more; all others still do. */
  shows(bench: Bench): Partial<Record<Part, Expected>>;
  /** As the screen has advised: `seen` holds what it showed. */
  mend(bench: Bench, seen: TestReport): Promise<void>;
}

/** The lines that a person would copy from the screen; throws where it offers none. */
export function linesShown(seen: TestReport, part: Part): string {
  const lines = seen[part].problems[0]?.fix?.lines;
  if (lines === undefined || lines === '') throw new Error(`The screen offers nothing to type for ${part}.`);
  return lines;
}
