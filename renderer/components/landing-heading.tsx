import type { ReactNode } from 'react';

/** A heading on which the focus may land: see useFocusLanding. */
export function LandingHeading({
  level,
  children,
  ...rest
}: {
  level: 1 | 2 | 3;
  id?: string;
  className?: string;
  children: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <Heading {...rest} tabIndex={-1} data-landing="">
      {children}
    </Heading>
  );
}
