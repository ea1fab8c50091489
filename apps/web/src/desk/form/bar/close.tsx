import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { tellOutcome } from '../../../parts/act/outcomes.js';
import { discard } from '../../api.js';
import { Question } from '../../parts/question.js';
import type { DocumentSession } from '../session/session.js';

type Keep = UseMutationResult<void, Error, void>;

function useLeave(): () => Promise<void> {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['desk', 'documents'] });
    await navigate({ to: '/desk/documents' });
  };
}

/** Close: `ask` where there are changes; without them the form is left at once. `keep` leaves it and keeps the draft. */
export function useClosing(session: DocumentSession, ask: () => void): { close: () => void; keep: Keep } {
  const leave = useLeave();
  const { keeper } = session;
  const keep = useMutation({
    mutationFn: async () => {
      await keeper.flush();
      await leave();
    },
    onError: ask,
  });
  const close = () => (session.isChanged() || keeper.isDirty() ? ask() : keep.mutate());
  return { close, keep };
}

interface Props {
  session: DocumentSession;
  keep: Keep;
  stay: () => void;
  save: () => void;
}

/** What becomes of the changes of a form that is closed. */
export function CloseDocument({ session, keep, stay, save }: Props) {
  const { t } = useTranslation();
  const leave = useLeave();
  const { keeper } = session;
  const drop = useMutation({
    mutationFn: async () => {
      const head = await keeper.end();
      if (head) await discard(head.id, head.version);
      tellOutcome(t('desk.form.closing.dropped', { number: head?.number ?? '' }));
      await leave();
    },
    onError: () => keeper.resume(),
  });
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
