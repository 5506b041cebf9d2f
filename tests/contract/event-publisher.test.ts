import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournalPublisher } from '../../electron/adapters/journal/journal-publisher.ts';
import { readJournal } from '../../electron/adapters/journal/read-journal.ts';
import { createMemoryPublisher } from '../fakes/memory-publisher.ts';
import { eventOf, eventPublisherContract, type PublishedMessage } from './event-publisher.ts';

eventPublisherContract('in memory', async () => {
  const publisher = createMemoryPublisher({ partitions: 3, maxValueBytes: 1_000, missingTopics: ['absent'] });
  const topic = 'events';
  return {
    publisher,
    topic,
    partitions: 3,
    read: async () =>
      publisher.sent.map(({ partition, key, headers, value }) => ({
        partition,
        key,
        headers: { ...headers },
        value,
      })),
    refusable: (key) => ({
      ...eventOf(topic, key, 0),
      value: JSON.stringify({ filler: 'x'.repeat(1_000) }),
    }),
    missingTopic: 'absent',
    release: async () => {},
  };
});

eventPublisherContract('the journal', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'accession-journal-'));
  const path = join(folder, 'made', 'on demand', 'events.jsonl');
  const topic = 'student_events';
  return {
    publisher: createJournalPublisher({ path }),
    topic,
    partitions: 1,
    read: async () => {
      const found: PublishedMessage[] = [];
      for await (const entry of readJournal(path, new AbortController().signal)) {
        const { partition, key, headers, value } = entry;
        found.push({ partition, key, headers: { ...headers }, value: JSON.stringify(value) });
      }
      return found;
    },
    refusable: (key) => ({ ...eventOf(topic, key, 0), value: '{"torn' }),
    missingTopic: null,
    release: () => rm(folder, { recursive: true, force: true }),
  };
});
