import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { Button } from '../../../components/button.tsx';
import type { IconName } from '../../../components/icon.tsx';

/** A button of the toolbar that says in a tooltip what it would do, and with which keys. */
export function ToolButton({
  label,
  tip,
  icon,
  isDisabled = false,
  isPressed,
  onPress,
  children,
}: {
  label: string;
  tip: string;
  icon: IconName;
  isDisabled?: boolean;
  /** Of something that is either there or not. */
  isPressed?: boolean;
  onPress: () => void;
  children?: ReactNode;
}) {
  return (
    <TooltipTrigger delay={400}>
      <Button
        look="quiet"
        icon={icon}
        isDisabled={isDisabled}
        onPress={onPress}
        {...(children === undefined ? { 'aria-label': label } : {})}
        {...(isPressed === undefined ? {} : { 'aria-expanded': isPressed })}
      >
        {children === undefined ? undefined : <span className="grid-tool-words">{children}</span>}
      </Button>
      <Tooltip className="grid-tip" placement="bottom" offset={4}>
        {tip}
      </Tooltip>
    </TooltipTrigger>
  );
}
