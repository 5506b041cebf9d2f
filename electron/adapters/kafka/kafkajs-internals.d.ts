/** The one inner part of kafkajs that is mended, see mend-request-queue.ts. Its package ships no types for it. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export interface RequestQueueInstance {
    pending: unknown[];
    /** Milliseconds since 1970; smaller than now where nothing is throttled. */
    throttledUntil: number;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
  const RequestQueue: { prototype: RequestQueueInstance };
  export = RequestQueue;
}
