import type { ReactNode } from 'react';
import styles from './page-head.module.css';

/** The head of a page: its name, the answer to its question, and what can be done here. */
export function PageHead({ title, answer, children }: { title: ReactNode; answer?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.head}>
      <div>
        <h1>{title}</h1>
        {answer && <p>{answer}</p>}
      </div>
      {children && <div className={styles.deeds}>{children}</div>}
    </div>
  );
}
