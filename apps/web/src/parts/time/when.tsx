import { Tooltip } from '@mantine/core';
import { useLanguage } from '../../texts/language.js';
import { useZone } from './zone.js';
import { absolute, exact, relative } from './moment.js';
import { useNow } from './now.js';

/** A moment: how long ago up to a day, else its date; the other one as a hint. */
export function When({ time }: { time: string | number | Date }) {
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  const moment = new Date(time);
  if (Number.isNaN(moment.getTime())) return <>—</>;
  const shown = relative(moment.getTime(), now, language) ?? absolute(moment.getTime(), now, language, zone);
  return (
    <Tooltip label={exact(moment.getTime(), language, zone)}>
      <time dateTime={moment.toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {shown}
      </time>
    </Tooltip>
  );
}
