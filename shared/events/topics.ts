/** Topics as Accession thinks of them; their names on the broker are settings. */
export const TOPIC_KINDS = ['books', 'students', 'checkouts', 'enrichment', 'metrics'] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];

export type TopicNames = Readonly<Record<TopicKind, string>>;

/** The names the recommendation engine's own services listen to. */
export const DEFAULT_TOPIC_NAMES: TopicNames = {
  books: 'book_events',
  students: 'student_events',
  checkouts: 'checkout_events',
  enrichment: 'book_enrichment_tasks',
  metrics: 'ingestion_metrics',
};
