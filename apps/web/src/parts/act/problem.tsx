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

/** What the console refused and why, in its own words; `again` tries once more. */
export function ProblemNote({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useTranslation();
  const { status, body } = problemOf(error);
  const away = status === 0;
  const title = away ? t('parts.problem.unreachable') : (body.title ?? t('parts.problem.unknown', { status }));
  const detail = away ? t('parts.problem.unreachableText') : body.detail;
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
        <Button variant="default" onClick={again}>
          {t('parts.again')}
        </Button>
      )}
    </div>
  );
}
