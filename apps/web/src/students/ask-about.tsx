import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import { AskedOutcome } from '../failures/deeds/ask.js';
import { Act } from '../parts/act/act.js';

export function AskAboutStudent({ system, code }: { system: string; code: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const run = async (reason: string) => {
    const body = { codes: [code], ...(reason && { reason }) };
    const asked = await ask(api.POST('/api/systems/{system}/ask-again', { params: { path: { system } }, body }));
    await queries.invalidateQueries({ queryKey: ['students'] });
    return <AskedOutcome {...asked} />;
  };
  return (
    <Act
      {...{ run, label: t('students.askAgain') }}
      title={`${t('deeds.ask.title')}: ${code}`}
      confirm={t('deeds.ask.do')}
    >
      {t('deeds.ask.text')}
    </Act>
  );
}
