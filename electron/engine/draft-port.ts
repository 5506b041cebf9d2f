import type { SavedMapping } from '../../shared/records/saved-mapping.ts';
import type { DateOrder, RecordType } from '../../shared/records/types.ts';
import type { FileReading } from './file-port.ts';

/** What a person said about one file of a draft. */
export interface FileSpec {
  /** Null: recognised. */
  type: RecordType | null;
  reading: Partial<FileReading>;
  mapping: SavedMapping | null;
  /** By canonical column. */
  dateOrders: Readonly<Record<string, DateOrder>>;
  /** Read it as a file of its shape was read before. */
  useRemembered: boolean;
}

/** Cells that a rule changed when a file was opened. */
export interface AppliedRule {
  column: string;
  /** In words. */
  label: string;
  cells: number;
}

/** One file of a draft, as it is noted for after a restart; its findings and edits are in the workspace. */
export interface DraftFileNote {
  /** Its key in the file store and its number in the workspace; never used for another file of the draft. */
  fileNo: number;
  path: string;
  name: string;
  spec: FileSpec;
  /** Rules are applied once; what a person undid must not come back. */
  rulesDone: boolean;
  rulesApplied: readonly AppliedRule[];
}

export interface DraftNote {
  draftId: string;
  /** The client that may see it; null: whoever asks first. */
  owner: string | null;
  createdAt: string;
  /** When it was opened last, or its files were changed. */
  touchedAt: string;
  profileId: string | null;
  nextFileNo: number;
  files: readonly DraftFileNote[];
  /**
   * Loads made from it, oldest first; `files`: the draft's file by the load's file number. `refusedTaken`: what the
   * database refused in it is among the draft's issues.
   */
  loads: readonly { loadId: string; files: readonly number[]; refusedTaken: boolean }[];
}

/** Notes of drafts on this machine. Writing one is whole or not at all. Throws AppError workspace.failed. */
export interface DraftStore {
  /** Newest first; what cannot be read is left out. */
  all(): Promise<DraftNote[]>;
  read(draftId: string): Promise<DraftNote | null>;
  save(note: DraftNote): Promise<void>;
  forget(draftId: string): Promise<void>;
}

/** "In Grade, `Grade 4` means 4": said once, done in every later file of the type. */
export interface TaughtRule {
  ruleId: string;
  type: RecordType;
  /** Canonical name. */
  column: string;
  /** A cell's text without spaces around it; capitals make no difference. */
  from: string;
  to: string;
  taughtAt: string;
}

/** Rules that people taught. Throws AppError mapping.unreadable, mapping.unwritable. */
export interface RuleStore {
  /** Oldest first. */
  all(signal: AbortSignal): Promise<TaughtRule[]>;
  /** A rule for the same text of the same column replaces the earlier one. */
  teach(rules: readonly TaughtRule[], signal: AbortSignal): Promise<void>;
  remove(ruleIds: readonly string[], signal: AbortSignal): Promise<void>;
}

/** Keeps pasted cells as files; they go with their draft. */
export interface PastedFiles {
  /** Writes the text as UTF-8 and returns its path; the name says that it was pasted. Throws AppError workspace.failed. */
  write(draftId: string, text: string): Promise<string>;
}

/** Files that were made to be taken away. They live as long as the process that made them, and never longer than their draft. */
export interface ExportStore {
  /** A new path of this ending, in a folder that nobody else may enter. Throws AppError workspace.failed. */
  place(draftId: string, ending: string): Promise<string>;
  /** At most `length` bytes from `offset` on, in base64; fewer at the end of the file. Throws AppError workspace.failed. */
  read(path: string, offset: number, length: number): Promise<{ base64: string; bytes: number }>;
  remove(path: string): Promise<void>;
  /** Removes all of them. */
  close(): Promise<void>;
}
