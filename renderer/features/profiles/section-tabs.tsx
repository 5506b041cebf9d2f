import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { formTexts } from '../../texts/profile-form.ts';
import { GeneralSection } from './general-section.tsx';
import { KafkaSection } from './kafka-section.tsx';
import { OpenAiSection } from './openai-section.tsx';
import { PostgresSection } from './postgres-section.tsx';
import { SafetySection } from './safety-section.tsx';
import { type Section, sectionOf } from './sections.ts';
import { VectorStoreSection } from './vector-store-section.tsx';

/** The sections as tabs; one with a problem says so on its tab. */
export function SectionTabs({
  sections,
  shown,
  onShow,
  errors,
  isNew,
  test,
}: {
  sections: readonly Section[];
  shown: Section;
  onShow: (section: Section) => void;
  /** Paths of the fields with a problem. */
  errors: readonly string[];
  isNew: boolean;
  test: ReactNode;
}) {
  const content: Record<Section, ReactNode> = {
    general: <GeneralSection isNew={isNew} />,
    postgres: <PostgresSection />,
    kafka: <KafkaSection />,
    openai: <OpenAiSection />,
    'vector-store': <VectorStoreSection />,
    safety: <SafetySection />,
    test,
  };
  return (
    <Tabs
      className="tabs"
      selectedKey={shown}
      onSelectionChange={(key) => {
        const section = sections.find((one) => one === key);
        if (section !== undefined) onShow(section);
      }}
    >
      <TabList className="tab-list" aria-label={formTexts.sectionsLabel}>
        {sections.map((section) => {
          const count = errors.filter((path) => sectionOf(path) === section).length;
          return (
            <Tab key={section} id={section} className="tab">
              {formTexts.sections[section]}
              {count > 0 && (
                <span className="tab-count">
                  <span aria-hidden="true">{count}</span>
                  <span className="hidden-text">({formTexts.problems(count)})</span>
                </span>
              )}
            </Tab>
          );
        })}
      </TabList>
      {sections.map((section) => (
        <TabPanel key={section} id={section} className="tab-panel">
          {content[section]}
        </TabPanel>
      ))}
    </Tabs>
  );
}
