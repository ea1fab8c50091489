import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icon.js';

/** What is typed goes into the address when the typing rests: a navigation at every letter costs. */
const rest = 400;

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string | undefined;
  change: (value: string | undefined) => void;
}

export function FilterText({ value = '', change, ...more }: Props) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // the address was changed by others: a link, the back button, a cleared filter
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (text: string) => {
    clearTimeout(timer.current);
    setKnown(text.trim());
    change(text.trim() || undefined);
  };
  return (
    <TextInput
      leftSection={<Icon name="search" />}
      {...more}
      type="search"
      value={typed}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => tell(text), rest);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') tell(event.currentTarget.value);
      }}
    />
  );
}
