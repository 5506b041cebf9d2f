import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

export const toneIcons: Readonly<Record<Tone, IconName>> = {
  info: 'info',
  good: 'check',
  warn: 'alert',
  bad: 'alert',
};

/** Something to know before going on. `urgent`: read aloud at once. */
export function Banner({
  tone,
  title,
  children,
  actions,
  urgent = false,
}: {
  tone: Tone;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  urgent?: boolean;
}) {
  return (
    <div className="banner" data-tone={tone} role={urgent ? 'alert' : undefined}>
      <Icon name={toneIcons[tone]} />
      <div className="banner-words">
        {title !== undefined && <p className="banner-title">{title}</p>}
        {children !== undefined && <div className="banner-text">{children}</div>}
      </div>
      {actions !== undefined && <div className="banner-actions">{actions}</div>}
    </div>
  );
}
