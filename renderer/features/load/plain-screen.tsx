import type { ReactNode } from 'react';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { loadTexts } from '../../texts/load.ts';

/** What is shown of a draft where its files are not worked on. */
export function PlainScreen({ children }: { children: ReactNode }) {
  return (
    <div className="screen">
      <ScreenHeading title={loadTexts.title} lead={loadTexts.lead} />
      {children}
    </div>
  );
}
