import type { ReactNode } from 'react';
import { LandingHeading } from './landing-heading.tsx';

export function ScreenHeading({
  title,
  lead,
  actions,
}: {
  title: string;
  lead?: string;
  actions?: ReactNode;
}) {
  return (
    <div className="screen-heading">
      <div>
        <LandingHeading level={1}>{title}</LandingHeading>
        {lead !== undefined && <p className="soft">{lead}</p>}
      </div>
      {actions !== undefined && <div className="screen-actions">{actions}</div>}
    </div>
  );
}
