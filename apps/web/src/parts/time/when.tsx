import { Tooltip } from '@mantine/core';
import { useLanguage } from '../../texts/language.js';
import { useZone } from './zone.js';
import { absolute, exact, relative, sinceWhen } from './moment.js';
import { useNow } from './now.js';

interface Props {
  time: string | number | Date;
}

/** A moment: how long ago up to a day, else its date; to the second as a hint. */
export function When({ time }: Props) {
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  return (
    <Moment time={time}>{(moment) => relative(moment, now, language) ?? absolute(moment, now, language, zone)}</Moment>
  );
}

/** Since when something is so: by the clock; how long ago as a hint. */
export function Since({ time }: Props) {
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  return <Moment time={time}>{(moment) => sinceWhen(moment, now, language, zone)}</Moment>;
}

function Moment({ time, children }: Props & { children: (moment: number) => string }) {
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  const moment = new Date(time);
  if (Number.isNaN(moment.getTime())) return <>—</>;
  const ago = relative(moment.getTime(), now, language);
  return (
    <Tooltip label={[ago, exact(moment.getTime(), language, zone)].filter(Boolean).join(', ')}>
      <time dateTime={moment.toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {children(moment.getTime())}
      </time>
    </Tooltip>
  );
}
