import { type Admin, Kafka, logLevel } from 'kafkajs';
import { mendRequestQueue } from '../../electron/adapters/kafka/mend-request-queue.ts';

/** A client that says nothing by itself and tries again soon. `brokers`: `host:port`, several with commas between. */
export function kafkaClient(brokers: string): Kafka {
  // Else Node warns of kafkajs' timers in the midst of the results.
  mendRequestQueue();
  return new Kafka({
    clientId: 'accession-tests',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, retries: 8 },
  });
}

export async function withAdmin<T>(brokers: string, use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}
