import type { FieldErrors } from 'react-hook-form';
import type { ProfileKind } from '../../../shared/settings/profile.ts';
import type { ProfileForm } from './form-values.ts';

export const SECTIONS = ['general', 'postgres', 'kafka', 'openai', 'vector-store', 'safety', 'test'] as const;
export type Section = (typeof SECTIONS)[number];

/** A sandbox has no servers; what has not been saved cannot be tested. */
export function sectionsFor(kind: ProfileKind, isNew: boolean): Section[] {
  return SECTIONS.filter((section) => {
    if (section === 'test') return !isNew;
    return kind !== 'sandbox' || !['postgres', 'kafka', 'openai'].includes(section);
  });
}

const SECTION_OF: Readonly<Record<string, Section>> = {
  postgres: 'postgres',
  batchRows: 'postgres',
  kafka: 'kafka',
  openai: 'openai',
  embedConcurrency: 'openai',
  vectorStore: 'vector-store',
  readOnly: 'safety',
  rehearseFirst: 'safety',
  confirmAboveRows: 'safety',
  'secrets.postgres-password': 'postgres',
  'secrets.kafka-password': 'kafka',
  'secrets.kafka-client-key': 'kafka',
  'secrets.openai-api-key': 'openai',
};

/** The section in which a field stands. */
export function sectionOf(path: string): Section {
  return SECTION_OF[path] ?? SECTION_OF[path.split('.')[0] ?? ''] ?? 'general';
}

/** The fields with a problem, by path, in the order of the sections. */
export function pathsOf(errors: FieldErrors<ProfileForm>): string[] {
  const paths = collect(errors, '');
  return paths.toSorted((a, b) => SECTIONS.indexOf(sectionOf(a)) - SECTIONS.indexOf(sectionOf(b)));
}

function collect(errors: object, prefix: string): string[] {
  return Object.entries(errors).flatMap(([key, value]): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return 'type' in value && typeof value.type === 'string' ? [path] : collect(value, path);
  });
}
