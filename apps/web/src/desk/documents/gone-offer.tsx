import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../parts/act/problem.js';
import { StateText } from '../../parts/state.js';
import tableStyles from '../../parts/table/table.module.css';
import { countsQuery, draftZeroing, elsQuery } from '../api.js';

/** For each ELS that has bindings of no curriculum: a draft that sets them to zero, to be looked at and posted. */
export function GoneOffer() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const counts = useQuery(countsQuery).data?.systems ?? [];
  const els = useQuery(elsQuery).data?.els ?? [];
  const drafting = useMutation({
    mutationFn: async (system: string) => {
      const { id } = await draftZeroing(system);
      await navigate({ to: '/desk/documents/$id', params: { id } });
    },
  });
  return (
    <>
      {counts
        .filter(({ gone }) => gone > 0)
        .map(({ system, gone }) => (
          <div key={system} className={tableStyles.bar}>
            <StateText state="person">
              {els.find(({ code }) => code === system)?.name ?? system}: {t('desk.gone.text', { count: gone })}
            </StateText>
            <Button
              variant="default"
              loading={drafting.isPending && drafting.variables === system}
              onClick={() => drafting.mutate(system)}
            >
              {t('desk.gone.draft')}
            </Button>
          </div>
        ))}
      {drafting.error && <ProblemNote error={drafting.error} />}
    </>
  );
}
