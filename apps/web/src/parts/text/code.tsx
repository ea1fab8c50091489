import { Tooltip, UnstyledButton } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon.js';
import styles from './code.module.css';

/** A code in letters of one width; a click copies it. */
export function Code({ children }: { children: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 1500 });
  const says = clipboard.copied ? t('parts.copied') : `${t('parts.copy')}: ${children}`;
  return (
    <Tooltip label={clipboard.copied ? t('parts.copied') : t('parts.copy')}>
      <UnstyledButton className={styles.code} aria-label={says} onClick={() => clipboard.copy(children)}>
        <bdi>{children}</bdi>
        <Icon name={clipboard.copied ? 'check' : 'copy'} size={11} />
      </UnstyledButton>
    </Tooltip>
  );
}
