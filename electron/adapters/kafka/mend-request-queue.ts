import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

/** kafkajs' own interval for looking again at requests that wait for a slot. */
const CHECK_PENDING_MS = 10;

/**
 * kafkajs 2.2.4 (the last one) arms a timer after every answer even when no request waits, with a delay of
 * minus the present time: Node 24 warns of it on stderr and fires after 1 ms, for as long as the connection
 * lives. Arming it only where a request does wait keeps the throttling and ends both. May be called any
 * number of times; leaves a kafkajs that has no such method alone.
 */
export function mendRequestQueue(): void {
  const { prototype } = RequestQueue;
  if (typeof prototype.scheduleCheckPendingRequests !== 'function') return;
  prototype.scheduleCheckPendingRequests = function schedule() {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    const throttledMs = this.throttledUntil - Date.now();
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      throttledMs > 0 ? throttledMs : CHECK_PENDING_MS,
    );
  };
}
