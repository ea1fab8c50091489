import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** "3 new": they wait until somebody wants to see them. Keeps its place, so that nothing below jumps. */
export function News({ news, show }: { news: number; show: () => void }) {
  const { t } = useTranslation();
  return (
    <span role="status">
      {news > 0 && (
        <Button variant="light" onClick={show}>
          {t('parts.new', { count: news })}
        </Button>
      )}
    </span>
  );
}
