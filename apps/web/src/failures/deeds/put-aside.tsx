import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import { Act } from '../../parts/act/act.js';
import { useAnew, type Chosen } from './touched.js';

/** Puts failures aside; they can be taken back. */
export function Archive({ chosen: { selection, number: count } }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async (reason: string) => {
    const { number } = await ask(api.POST('/api/failures/archive', { body: { selection, reason } }));
    await anew();
    return t('deeds.archive.done', { count: number });
  };
  return (
    <Act
      {...{ run, needsReason: true, disabled: count === 0, label: t('deeds.archive.label') }}
      title={t('deeds.archive.title')}
      confirm={t('deeds.archive.do', { count })}
    >
      {t('deeds.archive.text')}
    </Act>
  );
}

export function Restore({ chosen: { selection, number: count } }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async () => {
    const { number } = await ask(api.POST('/api/failures/restore', { body: { selection } }));
    await anew();
    return t('deeds.restore.done', { count: number });
  };
  return (
    <Act
      {...{ run, disabled: count === 0, label: t('deeds.restore.label') }}
      title={t('deeds.restore.title')}
      confirm={t('deeds.restore.do', { count })}
    >
      {t('deeds.restore.text')}
    </Act>
  );
}

/** A word for the other operators. */
export function Note({ chosen: { selection, number } }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const [text, setText] = useState('');
  const run = async () => {
    const written = await ask(api.POST('/api/failures/notes', { body: { selection, text } }));
    setText('');
    await anew();
    return t('deeds.note.done', { count: written.number });
  };
  return (
    <Act
      {...{ run, disabled: number === 0, label: t('deeds.note.label') }}
      title={t('deeds.note.title')}
      confirm={t('deeds.note.do')}
    >
      <Textarea
        label={t('deeds.note.text')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        {...{ autosize: true, minRows: 2, required: true, withAsterisk: false, 'data-autofocus': true }}
      />
    </Act>
  );
}
