import { z } from 'zod';

/**
 * Every event Accession sends, as the workers downstream read it. The objects are strict: a field that is not listed
 * there (a name, a teacher, a score) cannot slip into an event.
 */
const id = z.string().min(1);
const count = z.int().nonnegative();
const envelope = {
  /** ISO-8601 in UTC, as `Date.toISOString` writes it. */
  timestamp: z.iso.datetime(),
  source: z.literal('ingestion_service'),
};

/** More ids than this make an event that Kafka's default limit of 1 MiB could refuse, and a slow one to consume. */
export const MAX_BOOK_IDS = 500;

export const booksAddedSchema = z.strictObject({
  event_type: z.literal('books_added'),
  count: count.positive(),
  book_ids: z.array(id).min(1).max(MAX_BOOK_IDS),
  ...envelope,
});
export const bookChangedSchema = z.strictObject({
  event_type: z.enum(['book_updated', 'book_deleted']),
  book_id: id,
  ...envelope,
});
export const studentsAddedSchema = z.strictObject({
  event_type: z.literal('students_added'),
  count: count.positive(),
  ...envelope,
});
export const studentChangedSchema = z.strictObject({
  event_type: z.enum(['student_added', 'student_updated']),
  student_id: id,
  ...envelope,
});
export const checkoutAddedSchema = z.strictObject({
  event_type: z.literal('checkout_added'),
  student_id: id,
  book_id: id,
  checkout_date: z.iso.date(),
  ...envelope,
});
export const bookEnrichmentTaskSchema = z.strictObject({
  event_type: z.literal('book_enrichment_task'),
  book_id: id,
  isbn: z.string().nullable(),
  ...envelope,
});

/**
 * What one load did. For each of books, students and checkouts:
 * - `processed`: rows that were accepted (inserted + updated + unchanged);
 * - `updated`: rows that changed a record that was stored already; inserted ones are not among them;
 * - `skipped`: accepted rows that equalled what was stored, so that nothing was written.
 * `duration` is in seconds, from the load's start to its end, publishing not included.
 * `embeddings_generated` counts texts sent to the model, `embeddings_skipped` those whose vector was known
 * already. `faiss_index_updated` is whether the load left the index up to date.
 */
export const ingestionMetricsSchema = z.strictObject({
  event: z.literal('ingestion_complete'),
  duration: z.number().nonnegative(),
  books_processed: count,
  books_updated: count,
  books_skipped: count,
  students_processed: count,
  students_updated: count,
  students_skipped: count,
  checkouts_processed: count,
  checkouts_updated: count,
  checkouts_skipped: count,
  embeddings_generated: count,
  embeddings_skipped: count,
  faiss_index_updated: z.boolean(),
  ...envelope,
});

export const eventSchema = z.union([
  z.discriminatedUnion('event_type', [
    booksAddedSchema,
    bookChangedSchema,
    studentsAddedSchema,
    studentChangedSchema,
    checkoutAddedSchema,
    bookEnrichmentTaskSchema,
  ]),
  ingestionMetricsSchema,
]);

export type BooksAdded = z.output<typeof booksAddedSchema>;
export type BookChanged = z.output<typeof bookChangedSchema>;
export type StudentsAdded = z.output<typeof studentsAddedSchema>;
export type StudentChanged = z.output<typeof studentChangedSchema>;
export type CheckoutAdded = z.output<typeof checkoutAddedSchema>;
export type BookEnrichmentTask = z.output<typeof bookEnrichmentTaskSchema>;
export type IngestionMetrics = z.output<typeof ingestionMetricsSchema>;
export type AccessionEvent = z.output<typeof eventSchema>;
