/**
 * Topics as Accession thinks of them; their names on the broker are settings. The port's TOPIC_KINDS in
 * engine/database-port.ts lists the same words: shared/ cannot look into the engine, the compiler compares
 * the two wherever one meets the other.
 */
export type TopicKind = 'books' | 'students' | 'checkouts' | 'enrichment' | 'metrics';

export type TopicNames = Readonly<Record<TopicKind, string>>;

/** The names the recommendation engine's own services listen to (CONTRACTS §5). */
export const DEFAULT_TOPIC_NAMES: TopicNames = {
  books: 'book_events',
  students: 'student_events',
  checkouts: 'checkout_events',
  enrichment: 'book_enrichment_tasks',
  metrics: 'ingestion_metrics',
};
