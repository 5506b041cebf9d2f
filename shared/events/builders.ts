import type {
  BookChanged,
  BookEnrichmentTask,
  BooksAdded,
  CheckoutAdded,
  IngestionMetrics,
  StudentChanged,
  StudentsAdded,
} from './schemas.ts';

/** `bookIds` all belong to one partition; the caller sees to it. */
export function booksAdded(bookIds: readonly string[], at: Date): BooksAdded {
  return { event_type: 'books_added', count: bookIds.length, book_ids: [...bookIds], ...sent(at) };
}

export function bookChanged(eventType: BookChanged['event_type'], bookId: string, at: Date): BookChanged {
  return { event_type: eventType, book_id: bookId, ...sent(at) };
}

/** `count` is inserted + updated. */
export function studentsAdded(count: number, at: Date): StudentsAdded {
  return { event_type: 'students_added', count, ...sent(at) };
}

export function studentChanged(
  eventType: StudentChanged['event_type'],
  studentId: string,
  at: Date,
): StudentChanged {
  return { event_type: eventType, student_id: studentId, ...sent(at) };
}

/** `checkoutDate` is `YYYY-MM-DD`. */
export function checkoutAdded(
  studentId: string,
  bookId: string,
  checkoutDate: string,
  at: Date,
): CheckoutAdded {
  return {
    event_type: 'checkout_added',
    student_id: studentId,
    book_id: bookId,
    checkout_date: checkoutDate,
    ...sent(at),
  };
}

export function bookEnrichmentTask(bookId: string, isbn: string | null, at: Date): BookEnrichmentTask {
  return { event_type: 'book_enrichment_task', book_id: bookId, isbn, ...sent(at) };
}

export function ingestionMetrics(
  figures: Omit<IngestionMetrics, 'event' | 'timestamp' | 'source'>,
  at: Date,
): IngestionMetrics {
  return { event: 'ingestion_complete', ...figures, ...sent(at) };
}

function sent(at: Date): { timestamp: string; source: 'ingestion_service' } {
  return { timestamp: at.toISOString(), source: 'ingestion_service' };
}
