import { Anchor } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './long-text.module.css';

/** Letters that are shown at once; nobody reads more, and a megabyte would stop the page. */
const whole = 20_000;

/** A text from outside: cut, the whole on demand, its directions kept to itself. */
export function LongText({
  children,
  length = 300,
  mono = false,
}: {
  children: string;
  length?: number;
  mono?: boolean;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const short = children.length <= length;
  const shown = open ? children.slice(0, whole) : children.slice(0, length);
  return (
    <span className={mono ? styles.mono : styles.text}>
      <bdi>
        {shown}
        {shown.length < children.length && '…'}
      </bdi>{' '}
      {!short && (
        <Anchor component="button" type="button" inherit onClick={() => setOpen(!open)}>
          {open ? t('parts.showLess') : t('parts.showAll')}
        </Anchor>
      )}
    </span>
  );
}
