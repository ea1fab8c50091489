import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import type { components } from '../../api/schema.js';
import { Act } from '../../parts/act/act.js';
import { Icon } from '../../parts/icon.js';
import { useAnew } from '../deeds/touched.js';
import type { Edit, Field } from './draft.js';
import styles from './edit.module.css';
import { Shown, useFieldName } from './value.js';

type Schemas = components['schemas'];

interface Props {
  id: string;
  edits: Edit[];
  /** As the console reads them. */
  changes: Schemas['EditChange'][];
  fields: Field[];
  disabled: boolean;
  sent: () => void;
}

/** Names once more what will be sent, asks why, and sends it. */
export function Send({ id, edits, changes, fields, disabled, sent }: Props) {
  const { t } = useTranslation();
  const fieldName = useFieldName();
  const anew = useAnew();
  const run = async (reason: string) => {
    const edited = await ask(api.POST('/api/failures/edit', { body: { id, edits, reason } }));
    sent();
    await anew();
    return <Sent {...edited} />;
  };
  const typeOf = (path: string) => fields.find((field) => field.path === path)?.type ?? 'text';
  return (
    <Act
      {...{ run, disabled, needsReason: true, variant: 'filled', leftSection: <Icon name="replay" /> }}
      label={t('edit.send')}
      title={t('edit.sendTitle')}
      confirm={t('edit.sendDo', { count: changes.length })}
    >
      <dl className={styles.changes}>
        {changes.map(({ path, before, after }) => (
          <div key={path}>
            <dt>{fieldName(path)}</dt>
            <dd>
              <del>
                <Shown type={typeOf(path)} value={before} />
              </del>{' '}
              →{' '}
              <ins>
                <Shown type={typeOf(path)} value={after} />
              </ins>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('edit.sendText')}</p>
    </Act>
  );
}

function Sent({ revision, onDuty, replay }: Schemas['Edited']) {
  const { t } = useTranslation();
  return (
    <>
      {t('edit.sent', { revision })} {!onDuty && t('deeds.replay.offDuty')}{' '}
      <Link to="/replays/$id" params={{ id: replay.id }}>
        {t('deeds.replay.follow')}
      </Link>
    </>
  );
}
