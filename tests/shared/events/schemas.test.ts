import { expect, test } from 'vitest';
import {
  bookChanged,
  bookEnrichmentTask,
  booksAdded,
  checkoutAdded,
  ingestionMetrics,
  studentChanged,
  studentsAdded,
} from '../../../shared/events/builders.ts';
import { eventSchema } from '../../../shared/events/schemas.ts';
import { DEFAULT_TOPIC_NAMES } from '../../../shared/events/topics.ts';

const at = new Date('2026-09-03T10:20:30.456Z');
const figures = {
  duration: 1.5,
  books_processed: 3,
  books_updated: 1,
  books_skipped: 1,
  students_processed: 0,
  students_updated: 0,
  students_skipped: 0,
  checkouts_processed: 0,
  checkouts_updated: 0,
  checkouts_skipped: 0,
  embeddings_generated: 2,
  embeddings_skipped: 0,
  faiss_index_updated: true,
};
const EVENTS = [
  booksAdded(['B1', 'B2'], at),
  bookChanged('book_updated', 'B1', at),
  bookChanged('book_deleted', 'B1', at),
  studentsAdded(2, at),
  studentChanged('student_added', 'S1', at),
  studentChanged('student_updated', 'S1', at),
  checkoutAdded('S1', 'B1', '2026-09-01', at),
  bookEnrichmentTask('B1', null, at),
  ingestionMetrics(figures, at),
];

test('every event says when, in UTC, and from whom, and matches its schema', () => {
  for (const event of EVENTS) {
    expect(event).toMatchObject({ timestamp: '2026-09-03T10:20:30.456Z', source: 'ingestion_service' });
    expect(eventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
  }
});

test('books_added carries the ids and their number', () => {
  expect(booksAdded(['B1', 'B2'], at)).toEqual({
    event_type: 'books_added',
    count: 2,
    book_ids: ['B1', 'B2'],
    timestamp: '2026-09-03T10:20:30.456Z',
    source: 'ingestion_service',
  });
});

test('checkout_added carries the three parts of its key and nothing of the loan', () => {
  expect(checkoutAdded('S1', 'B1', '2026-09-01', at)).toEqual({
    event_type: 'checkout_added',
    student_id: 'S1',
    book_id: 'B1',
    checkout_date: '2026-09-01',
    timestamp: '2026-09-03T10:20:30.456Z',
    source: 'ingestion_service',
  });
});

test('the metrics event has "event" instead of an event_type', () => {
  const event = ingestionMetrics(figures, at);
  expect(event.event).toBe('ingestion_complete');
  expect(event).not.toHaveProperty('event_type');
});

test.each(EVENTS.map((event) => [('event_type' in event && event.event_type) || 'metrics', event] as const))(
  '%s refuses a field that is not in the contract',
  (_, event) => {
    expect(eventSchema.safeParse({ ...event, homeroom_teacher: 'somebody' }).success).toBe(false);
  },
);

test('a time that is not UTC is refused', () => {
  const event = { ...studentsAdded(1, at), timestamp: '2026-09-03T10:20:30+02:00' };
  expect(eventSchema.safeParse(event).success).toBe(false);
});

test('the topics are called as the consumers know them', () => {
  expect(DEFAULT_TOPIC_NAMES).toEqual({
    books: 'book_events',
    students: 'student_events',
    checkouts: 'checkout_events',
    enrichment: 'book_enrichment_tasks',
    metrics: 'ingestion_metrics',
  });
});
