import type { ReactNode } from 'react';

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
        <h1>{title}</h1>
        {lead !== undefined && <p className="soft">{lead}</p>}
      </div>
      {actions !== undefined && <div className="screen-actions">{actions}</div>}
    </div>
  );
}
