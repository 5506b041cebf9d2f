import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { Icon } from './icon.tsx';

export interface SelectOption<V extends string> {
  value: V;
  words: string;
  /** Below the words while the list is open. */
  hint?: string;
  isDisabled?: boolean;
}

export interface SelectGroup<V extends string> {
  /** Null: set off from the others without words. */
  title: string | null;
  options: readonly SelectOption<V>[];
}

/** One of several, in a list that opens on a press; what is chosen stays in sight. */
export function Select<V extends string>({
  label,
  hidesLabel = false,
  value,
  groups,
  onChange,
  hint,
  isDisabled = false,
  isInvalid = false,
  placeholder = '',
}: {
  label: string;
  /** Read aloud only: where what stands around says it already. */
  hidesLabel?: boolean;
  /** Null: nothing is chosen yet. */
  value: V | null;
  groups: readonly SelectGroup<V>[];
  onChange: (value: V) => void;
  hint?: ReactNode;
  isDisabled?: boolean;
  isInvalid?: boolean;
  placeholder?: string;
}) {
  return (
    <AriaSelect
      className="field select"
      value={value}
      placeholder={placeholder}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      validationBehavior="aria"
      onChange={(key) => {
        const chosen = groups.flatMap(({ options }) => options).find((option) => option.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label className={hidesLabel ? 'hidden-text' : 'label'}>{label}</Label>
      <Button className="select-button">
        <SelectValue className="select-value">
          {({ defaultChildren, isPlaceholder, selectedText }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <Icon name="down" />
      </Button>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Popover className="popover popover-select">
        <ListBox className="menu">
          {groups.map(({ title, options }) => (
            <ListBoxSection
              key={options[0]?.value ?? title}
              className="menu-section"
              {...(title === null ? { 'aria-label': label } : {})}
            >
              {title !== null && <Header className="menu-heading">{title}</Header>}
              {options.map((option) => (
                <ListBoxItem
                  key={option.value}
                  id={option.value}
                  textValue={option.words}
                  className="menu-item select-item"
                  isDisabled={option.isDisabled ?? false}
                >
                  <span className="select-check" aria-hidden="true">
                    <Icon name="check" />
                  </span>
                  <span className="select-words">
                    <span>{option.words}</span>
                    {option.hint !== undefined && <span className="select-hint">{option.hint}</span>}
                  </span>
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
