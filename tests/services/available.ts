import { describe, inject } from 'vitest';
import type {} from './global-setup.ts';

/** Handed to the body of a skipped suite, which is collected so that its tests are counted, but never run. */
const SKIPPED = 'skipped.invalid';

export interface Services {
  postgresUrl: string;
  kafkaBrokers: string;
  pythonBin: string;
}
type ServiceName = keyof Services;

const NAMES: Record<ServiceName, string> = {
  postgresUrl: 'Postgres',
  kafkaBrokers: 'Kafka',
  pythonBin: 'Python',
};

/**
 * A suite that needs each of the named services; without one of them it is skipped, and its name says for want of
 * what. The body only declares: it must not connect before its hooks and tests run.
 */
export function describeWith<Name extends ServiceName>(
  needed: readonly Name[],
  name: string,
  body: (services: Pick<Services, Name>) => void,
): void {
  const found: Services = { postgresUrl: SKIPPED, kafkaBrokers: SKIPPED, pythonBin: SKIPPED };
  const missing: string[] = [];
  for (const service of needed) {
    const address = inject(service);
    if (address === null || address === undefined) missing.push(NAMES[service]);
    else found[service] = address;
  }
  if (missing.length === 0) describe(name, () => body(found));
  else describe.skip(`${name} (skipped: no ${missing.join(', no ')})`, () => body(found));
}

export function describeWithPostgres(name: string, body: (postgresUrl: string) => void): void {
  describeWith(['postgresUrl'], name, ({ postgresUrl }) => body(postgresUrl));
}

export function describeWithKafka(name: string, body: (kafkaBrokers: string) => void): void {
  describeWith(['kafkaBrokers'], name, ({ kafkaBrokers }) => body(kafkaBrokers));
}

export function describeWithPython(name: string, body: (pythonBin: string) => void): void {
  describeWith(['pythonBin'], name, ({ pythonBin }) => body(pythonBin));
}
