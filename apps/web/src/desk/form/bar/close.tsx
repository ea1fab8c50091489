import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { tellOutcome } from '../../../parts/act/outcomes.js';
import { discard } from '../../api.js';
import { Question } from '../../parts/question.js';
import type { DocumentSession } from '../session/session.js';

interface Props {
  session: DocumentSession;
  stay: () => void;
  save: () => void;
}

/** Close: asks where there are changes; without them the form is left at once. */
export function CloseDocument({ session, stay, save }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { keeper } = session;
  const asks = session.isChanged() || keeper.isDirty();
  const leave = async () => {
    await queries.invalidateQueries({ queryKey: ['desk', 'documents'] });
    await navigate({ to: '/desk/documents' });
  };
  const keep = useMutation({
    mutationFn: async () => {
      await keeper.flush();
      await leave();
    },
  });
  const drop = useMutation({
    mutationFn: async () => {
      keeper.close();
      const head = keeper.head();
      if (head) await discard(head.id, head.version);
      tellOutcome(t('desk.form.closing.dropped', { number: head?.number ?? '' }));
      await leave();
    },
  });
  useEffect(() => {
    if (!asks) keep.mutate();
    // once, when it is asked to close
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  if (!asks && !keep.error) return null;
  return (
    <Question
      title={t('desk.form.closing.title')}
      close={stay}
      error={keep.error ?? drop.error}
      answers={[
        { label: t('desk.form.closing.save'), run: save },
        { label: t('desk.form.closing.keep'), run: () => keep.mutate() },
        { label: t('desk.form.closing.drop'), run: () => drop.mutate(), dangerous: true },
        { label: t('desk.form.closing.stay'), run: stay },
      ]}
    >
      {t('desk.form.closing.text', { count: session.sheet.counts().changed })}
    </Question>
  );
}
