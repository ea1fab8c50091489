import { Stack, type ButtonProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import type { components } from '../../api/schema.js';
import { Act } from '../../parts/act/act.js';
import { useSaid } from '../../texts/language.js';
import { useAnew, useTouched, type Chosen } from './touched.js';

/** What became of the question, for each system. */
export function AskedOutcome({ systems }: components['schemas']['Asked']) {
  const { t } = useTranslation();
  const said = useSaid();
  const lines = systems.flatMap(({ system, asked, refused, byHand, failure }) => [
    ...(failure ? [`${system}: ${said(failure)}`] : []),
    ...(asked.length > 0 ? [t('deeds.ask.done', { system, count: asked.length })] : []),
    ...(refused.length > 0
      ? [t('deeds.ask.refused', { system, list: refused.map(({ code, reason }) => `${code} (${reason})`).join(', ') })]
      : []),
    ...(byHand ? [t('deeds.ask.byHand', { ...byHand, system, codes: byHand.codes.join(', ') })] : []),
  ]);
  if (lines.length === 0) return <>{t('deeds.ask.nobody')}</>;
  return (
    <Stack gap={2}>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </Stack>
  );
}

/** Has 1C offer the students of these failures again: for what is mended in 1C. */
export function AskAgain({ chosen, variant }: { chosen: Chosen; variant?: ButtonProps['variant'] }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const { data } = useTouched(chosen);
  const run = async (reason: string) => {
    const body = { selection: chosen.selection, ...(reason && { reason }) };
    const asked = await ask(api.POST('/api/failures/ask', { body }));
    await anew();
    return <AskedOutcome {...asked} />;
  };
  return (
    <Act
      {...{ run, variant, disabled: chosen.number === 0 }}
      label={t('deeds.ask.label')}
      title={t('deeds.ask.title')}
      confirm={t('deeds.ask.do')}
    >
      <Stack gap="xs">
        <p>{t('deeds.ask.students', { count: data?.students ?? chosen.number })}</p>
        <p>{t('deeds.ask.text')}</p>
      </Stack>
    </Act>
  );
}
