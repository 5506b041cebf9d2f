import type { RecordFault } from '../../../shared/records/types.ts';
import type { CsvDialect, ScanLimits } from './dialect.ts';
import { scanRecord } from './scan-record.ts';

/** A record cut out of the file and not yet taken apart. */
export interface RawRecord {
  /** Line of the file on which it begins, from 1. */
  line: number;
  text: string;
  fault: RecordFault | null;
}

export interface RecordScanner {
  /** The records that are complete now. `atEnd` says that this was the last text. */
  push(text: string, atEnd: boolean): RawRecord[];
}

/** What is kept of a record that is too long to be one. */
const EXCERPT_CHARS = 200;

/** Cuts text into records at their true ends; blank lines are counted and left out. Holds one unfinished record at most. */
export function createRecordScanner(dialect: CsvDialect, limits: ScanLimits): RecordScanner {
  let rest = '';
  let line = 1;
  let skippingLine = false;

  return {
    push(added, atEnd) {
      const text = rest + added;
      const records: RawRecord[] = [];
      let at = 0;
      while (at < text.length) {
        if (skippingLine) {
          const lineEnd = text.indexOf('\n', at);
          at = lineEnd === -1 ? text.length : lineEnd + 1;
          if (lineEnd === -1) break;
          skippingLine = false;
          line += 1;
          continue;
        }
        const scan = scanRecord(text, at, atEnd, dialect, limits);
        if (scan.kind === 'more') break;
        if (scan.kind === 'too-long') {
          const excerpt = text.slice(at, at + EXCERPT_CHARS).toWellFormed();
          records.push({ line, text: excerpt, fault: 'too-long' });
          skippingLine = true;
          continue;
        }
        const record = text.slice(at, scan.end);
        if (record.trim() !== '') records.push({ line, text: record, fault: scan.fault });
        line += lineFeeds(text, at, scan.next);
        at = scan.next;
      }
      rest = text.slice(at);
      return records;
    },
  };
}

function lineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
