/** Largest value of a Postgres `int`. */
export const MAX_INT4 = 2_147_483_647;

/**
 * A Postgres B-tree entry holds at most 2,704 bytes (8 KB pages, three entries a page). The key of a checkout
 * joins a student's and a book's, so each may take somewhat less than half.
 */
export const MAX_KEY_BYTES = 1_000;

/** The same bound for a column that is alone in its index (catalog.genre, checkout.checkout_id), less the entry's own header. */
export const MAX_INDEXED_BYTES = 2_600;
