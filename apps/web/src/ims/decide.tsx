import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import { Act } from '../parts/act/act.js';

/** Applies what is held, or forgets it; `file`: only this one. */
export function Decide({ system, decision, file }: { system: string; decision: 'release' | 'discard'; file?: number }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const run = async (reason: string) => {
    const asked = { params: { path: { system } }, body: { reason, ...(file !== undefined && { files: [file] }) } };
    const decided = await ask(
      decision === 'release'
        ? api.POST('/api/systems/{system}/files/release', asked)
        : api.POST('/api/systems/{system}/files/discard', asked),
    );
    await Promise.all(['files', 'overview'].map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
    return decided.state === 'underWay' ? t('files.underWay') : t('files.decided', { count: decided.number ?? 0 });
  };
  return (
    <Act
      {...{ run, needsReason: true, label: t(`files.${decision}`) }}
      title={t(`files.${decision}Title`)}
      confirm={t(`files.${decision}Do`)}
    >
      {t(`files.${decision}Text`)}
    </Act>
  );
}
