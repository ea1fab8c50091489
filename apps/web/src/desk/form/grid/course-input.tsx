import { useEffect, useRef, type KeyboardEvent } from 'react';
import styles from './grid.module.css';

interface Props {
  label: string;
  text: string;
  edit: (text: string) => void;
  /** `goOn`: to the next course. */
  done: (goOn: boolean) => void;
  giveUp: () => void;
  choose: () => void;
}

/** The one field of the table: it is there only in the cell that is being edited. */
export function CourseInput({ label, text, edit, done, giveUp, choose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    const { length } = input.current?.value ?? '';
    input.current?.setSelectionRange(length, length);
  }, []);
  const end = (how: () => void) => {
    ended.current = true;
    how();
  };
  const keys: Record<string, (event: KeyboardEvent) => void> = {
    Enter: () => end(() => done(true)),
    Tab: () => end(() => done(true)),
    ArrowDown: () => end(() => done(true)),
    Escape: () => end(giveUp),
    F4: () => end(choose),
  };
  return (
    <input
      ref={input}
      className={styles.input}
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      value={text}
      onChange={(event) => edit(event.currentTarget.value.replaceAll(/\D/g, ''))}
      onBlur={() => {
        if (!ended.current) done(false);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        const deed = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
        if (!deed) return;
        event.preventDefault();
        deed(event);
      }}
    />
  );
}
