import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.js';
import { Icon } from '../icon.js';
import styles from './problem.module.css';

/** Something stands in the way, said in our own words. */
export function Note({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.problem} role="alert">
      <Icon name="alert" size={16} />
      <div>
        <strong>{title}</strong>
        {children && <p>{children}</p>}
      </div>
    </div>
  );
}

/** What went wrong, in a line, and what to do about it; in the console's own words where it has said any. */
export function useProblemWords(error: unknown): { title: string; detail: string | undefined } {
  const { t } = useTranslation();
  const { status, body } = problemOf(error);
  if (status === 0) return { title: t('parts.problem.unreachable'), detail: t('parts.problem.unreachableText') };
  if (body.title !== undefined) return { title: body.title, detail: body.detail };
  return { title: t('parts.problem.unknown', { status }), detail: t('parts.problem.unknownText') };
}

interface ProblemProps {
  error: unknown;
  /** Tries once more. */
  again?: () => void;
  /** It is being tried. */
  busy?: boolean;
}

/** What the console refused and why. */
export function ProblemNote({ error, again, busy = false }: ProblemProps) {
  const { t } = useTranslation();
  const { body } = problemOf(error);
  const { title, detail } = useProblemWords(error);
  return (
    <div className={styles.problem} role="alert">
      <Icon name="alert" size={16} />
      <div>
        <strong>{title}</strong>
        {detail && <p>{detail}</p>}
        {body.issues && body.issues.length > 0 && (
          <ul>
            {body.issues.map(({ path, message }) => (
              <li key={path + message}>
                {path && <code>{path}</code>} {message}
              </li>
            ))}
          </ul>
        )}
      </div>
      {again && (
        <Button variant="default" loading={busy} onClick={again}>
          {t('parts.again')}
        </Button>
      )}
    </div>
  );
}
