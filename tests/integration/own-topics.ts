/** Names of the five topics that no other test uses, by the variables that name them. */
export function ownTopics(test: string) {
  const prefix = `${test}-${process.pid}-${Date.now()}-`;
  return {
    BOOK_EVENTS_TOPIC: `${prefix}book_events`,
    STUDENT_EVENTS_TOPIC: `${prefix}student_events`,
    CHECKOUT_EVENTS_TOPIC: `${prefix}checkout_events`,
    BOOK_ENRICHMENT_TASKS_TOPIC: `${prefix}book_enrichment_tasks`,
    INGESTION_METRICS_TOPIC: `${prefix}ingestion_metrics`,
  };
}
