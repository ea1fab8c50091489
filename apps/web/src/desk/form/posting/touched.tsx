import { useTranslation } from 'react-i18next';
import type { TouchedGroup } from '../../api.js';
import styles from './posting.module.css';

/** "It touches 86 students in 4 groups." */
export function useTouchedText(): (students: number, groups: readonly TouchedGroup[]) => string {
  const { t } = useTranslation();
  return (students, groups) => {
    if (students === 0) return t('desk.posting.touchesNobody');
    const number = new Set(groups.map(({ group }) => group)).size;
    return t('desk.posting.touches', {
      students: t('desk.posting.students', { count: students }),
      groups: t('desk.posting.groups', { count: number }),
    });
  };
}

export function Touched({ groups }: { groups: readonly TouchedGroup[] }) {
  const { t } = useTranslation();
  if (groups.length === 0) return null;
  return (
    <details className={styles.groups}>
      <summary>{t('desk.posting.whom')}</summary>
      <ul>
        {groups.slice(0, 200).map(({ system, group, name, curriculum, semester, students }) => (
          <li key={`${system} ${group} ${curriculum} ${semester}`}>
            {name}: {t('desk.posting.students', { count: students })}
          </li>
        ))}
      </ul>
    </details>
  );
}
