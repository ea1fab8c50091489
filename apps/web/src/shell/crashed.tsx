import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LongText } from '../parts/text/long-text.js';

/** A page could not be drawn: the frame stands, and what happened can be passed on. */
export function Crashed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <h1>{t('shell.crashed')}</h1>
      <p>{t('shell.crashedText')}</p>
      <p>
        <LongText mono>{error instanceof Error ? error.message : String(error)}</LongText>
      </p>
      <Button variant="default" onClick={() => location.reload()}>
        {t('shell.reload')}
      </Button>
    </div>
  );
}
