import {
  bookEnrichmentTask,
  booksAdded,
  checkoutAdded,
  ingestionMetrics,
  studentChanged,
  studentsAdded,
} from '../../shared/events/builders.ts';
import { partitionOf } from '../../shared/events/murmur2.ts';
import { type AccessionEvent, MAX_BOOK_IDS } from '../../shared/events/schemas.ts';
import type { TopicKind, TopicNames } from '../../shared/events/topics.ts';
import type { RecordType } from '../../shared/records/types.ts';
import type { OutboxRow } from './outbox-port.ts';
import type { EventMessage, Hasher } from './ports.ts';

/**
 * The events of one outbox row, in the order in which they are to be sent. Books of one
 * partition share an event, at most 500 of them, keyed by the first; ids keep the row's order. The header
 * `id` depends on the load, the logical topic, the event type, the entity (or the group's first book) and the
 * outbox row, never on the time or the topic's name: two files of one load may both change a book, which are
 * two events. Pure: the same arguments give the same bytes.
 */
export function expandOutboxRow(
  row: OutboxRow,
  partitions: number,
  topicNames: TopicNames,
  hasher: Hasher,
  now: Date,
): EventMessage[] {
  const message = (key: string, entity: string, event: AccessionEvent): EventMessage =>
    eventMessage({ ...row, occurrence: String(row.id) }, { key, entity, event }, topicNames, hasher);
  const { payload } = row;
  switch (payload.kind) {
    case 'books':
      return groupsByPartition(payload.bookIds, partitions).map(({ first, bookIds }) =>
        message(first, first, booksAdded(bookIds, now)),
      );
    case 'enrichment':
      return payload.books.map(({ bookId, isbn }) =>
        message(bookId, bookId, bookEnrichmentTask(bookId, isbn, now)),
      );
    case 'students':
      return [
        ...payload.added.map((id) => message(id, id, studentChanged('student_added', id, now))),
        ...payload.updated.map((id) => message(id, id, studentChanged('student_updated', id, now))),
      ];
    case 'checkouts':
      return payload.checkouts.map(([studentId, bookId, date]) =>
        message(studentId, `${studentId}|${bookId}|${date}`, checkoutAdded(studentId, bookId, date, now)),
      );
    case 'messages':
      return [...payload.messages];
  }
}

/** Partitions in the order in which their first book comes; within one, groups of at most MAX_BOOK_IDS. */
function groupsByPartition(
  bookIds: readonly string[],
  partitions: number,
): { first: string; bookIds: string[] }[] {
  const groups: { first: string; bookIds: string[] }[] = [];
  const open = new Map<number, { first: string; bookIds: string[] }>();
  for (const bookId of bookIds) {
    const partition = partitionOf(bookId, partitions);
    const group = open.get(partition);
    if (group !== undefined && group.bookIds.length < MAX_BOOK_IDS) {
      group.bookIds.push(bookId);
      continue;
    }
    const begun = { first: bookId, bookIds: [bookId] };
    open.set(partition, begun);
    groups.push(begun);
  }
  return groups;
}

/** What the closing events are made of; fits a load's report. */
export interface ClosedLoad {
  loadId: string;
  correlationId: string;
  durationSeconds: number;
  students: { inserted: number; updated: number };
  files: readonly { type: RecordType; accepted: number; updated: number; unchanged: number }[];
  embeddings: { generated: number; reused: number };
  indexUpdated: boolean;
}

/**
 * The events that end a load, by logical topic: `students_added` (only where there is something to count) and
 * `ingestion_metrics`, both keyed by the load. Their figures are defined beside `ingestionMetricsSchema`.
 */
export function closingEvents(
  load: ClosedLoad,
  topicNames: TopicNames,
  hasher: Hasher,
  now: Date,
): { topic: TopicKind; messages: EventMessage[] }[] {
  const closing = (topic: TopicKind, event: AccessionEvent) => ({
    topic,
    messages: [
      eventMessage(
        { ...load, topic, occurrence: 'closing' },
        { key: load.loadId, entity: load.loadId, event },
        topicNames,
        hasher,
      ),
    ],
  });
  const students = load.students.inserted + load.students.updated;
  return [
    ...(students > 0 ? [closing('students', studentsAdded(students, now))] : []),
    closing('metrics', ingestionMetrics(figuresOf(load), now)),
  ];
}

function figuresOf(load: ClosedLoad): Parameters<typeof ingestionMetrics>[0] {
  const sum = (type: RecordType, field: 'accepted' | 'updated' | 'unchanged'): number =>
    load.files.filter((file) => file.type === type).reduce((total, file) => total + file[field], 0);
  return {
    duration: Math.max(0, Math.round(load.durationSeconds * 1000) / 1000),
    books_processed: sum('books', 'accepted'),
    books_updated: sum('books', 'updated'),
    books_skipped: sum('books', 'unchanged'),
    students_processed: sum('students', 'accepted'),
    students_updated: sum('students', 'updated'),
    students_skipped: sum('students', 'unchanged'),
    checkouts_processed: sum('checkouts', 'accepted'),
    checkouts_updated: sum('checkouts', 'updated'),
    checkouts_skipped: sum('checkouts', 'unchanged'),
    embeddings_generated: load.embeddings.generated,
    embeddings_skipped: load.embeddings.reused,
    faiss_index_updated: load.indexUpdated,
  };
}

function eventMessage(
  origin: { loadId: string; correlationId: string; topic: TopicKind; occurrence: string },
  { key, entity, event }: { key: string; entity: string; event: AccessionEvent },
  topicNames: TopicNames,
  hasher: Hasher,
): EventMessage {
  const { loadId, correlationId, topic, occurrence } = origin;
  const type = 'event_type' in event ? event.event_type : event.event;
  return {
    topic: topicNames[topic],
    key,
    headers: {
      // A JSON list, because ids may hold any character that could serve as a separator.
      id: hasher.uuidV5(JSON.stringify([loadId, topic, type, entity, occurrence])),
      correlation_id: correlationId,
      load_id: loadId,
    },
    value: JSON.stringify(event),
  };
}
