import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act/act.js';
import { ProblemNote } from '../../parts/act/problem.js';
import { copy, markForDeletion, type ListedDocument } from '../api.js';
import { ForeseenCancelling } from '../form/foreseen-cancelling.js';

const small = { size: 'compact-xs', variant: 'subtle' } as const;

/** A new draft with the lines of this document: it is opened. */
export function CopyDocument({ document: { id, number } }: { document: ListedDocument }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const copying = useMutation({
    mutationFn: async () => {
      const made = await copy(id);
      await navigate({ to: '/desk/documents/$id', params: { id: made.id } });
    },
  });
  return (
    <>
      <Button
        {...small}
        loading={copying.isPending}
        aria-label={t('desk.copying.title', { number })}
        onClick={() => copying.mutate()}
      >
        {t('desk.copying.label')}
      </Button>
      {copying.error && <ProblemNote error={copying.error} />}
    </>
  );
}

/** Marks it for deletion, or takes the mark back. A posted one is cancelled first: whom that touches is said. */
export function MarkDocument({ document: { id, number, version, posted, marked } }: { document: ListedDocument }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const texts = marked ? 'unmarking' : 'marking';
  return (
    <Act
      {...small}
      label={t(`desk.${texts}.label`)}
      title={t(`desk.${texts}.title`, { number })}
      confirm={t(`desk.${texts}.do`)}
      dangerous={posted}
      run={async () => {
        await markForDeletion(id, version, !marked);
        await queries.invalidateQueries({ queryKey: ['desk'] });
        return t(`desk.${texts}.done`, { number });
      }}
    >
      {posted && (
        <>
          <p>{t('desk.marking.posted')}</p>
          <ForeseenCancelling id={id} />
        </>
      )}
    </Act>
  );
}
