import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateBadge, type State } from '../../parts/state.js';
import { When } from '../../parts/time/when.js';
import type { Failure } from '../api.js';
import styles from './edit.module.css';
import { useFieldName } from './value.js';

type Edited = Failure['edits'][number];

const stateOf: Record<Edited['outcome'], State> = {
  waiting: 'self',
  underWay: 'self',
  synchronized: 'done',
  failed: 'person',
  overtaken: 'self',
  notSent: 'paused',
};

/** Of what message this one was made, and what was made of it. */
export function Edits({ edits, editedFrom }: Pick<Failure, 'edits' | 'editedFrom'>) {
  const { t } = useTranslation();
  const fieldName = useFieldName();
  const list = (fields: string[]) => fields.map(fieldName).join(', ');
  if (edits.length === 0 && editedFrom === null) return null;
  return (
    <section className={styles.links}>
      <h2>{t('edit.links')}</h2>
      <ul>
        {editedFrom && (
          <li>
            <Link to="/failures/one" search={{ id: editedFrom.failure }}>
              {t('edit.from')}
            </Link>{' '}
            <span className={styles.soft}>
              {list(editedFrom.fields)} · {editedFrom.by} · <When time={editedFrom.time} />
            </span>
          </li>
        )}
        {edits.map((edit) => (
          <li key={edit.event}>
            <StateBadge state={stateOf[edit.outcome]}>{t(`edit.outcomes.${edit.outcome}`)}</StateBadge>{' '}
            {t('edit.revision', { revision: edit.revision })}: {list(edit.fields)}{' '}
            <span className={styles.soft}>
              {edit.by} · <When time={edit.time} />
            </span>{' '}
            <Link to="/replays/$id" params={{ id: edit.replay }}>
              {t('edit.replay')}
            </Link>
            {edit.failures.map((failure) => (
              <Link key={failure} to="/failures/one" search={{ id: failure }}>
                {t('edit.became')}
              </Link>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
