import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LongText } from '../parts/text/long-text.js';
import { StateText } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { useLiveRows } from '../parts/table/live-rows.js';
import { News } from '../parts/table/news.js';
import { When } from '../parts/time/when.js';
import { useGist } from '../students/gist.js';
import { eventNames, eventTypes, type Event } from './api.js';
import { failureOf } from './failure-of.js';

const keyOf = ({ eventId }: Event): string => eventId;

export function Rows({ events, asked }: { events: Event[]; asked: string }) {
  const { t } = useTranslation();
  const gist = useGist();
  const { rows, news, showNews, hold } = useLiveRows(events, asked, keyOf);
  const nameOf = (type: string) => {
    const name = eventNames.find((each) => eventTypes[each] === type);
    return name ? t(`journal.events.${name}`) : type.slice(0, 100);
  };
  const columns: Column<Event>[] = [
    { key: 'time', title: t('journal.time'), cell: ({ time }) => <When time={time} /> },
    { key: 'system', title: t('journal.system'), optional: true, cell: ({ system }) => system },
    {
      key: 'subject',
      title: t('journal.about'),
      cell: ({ subject }) =>
        subject === '' || subject.startsWith('#') ? (
          <bdi>{subject.slice(0, 80)}</bdi>
        ) : (
          <Link to="/students/$code" params={{ code: subject }}>
            <bdi>{subject.slice(0, 80)}</bdi>
          </Link>
        ),
    },
    {
      key: 'event',
      title: t('journal.event'),
      cell: (event) => {
        const failure = failureOf(event);
        return failure === undefined ? (
          nameOf(event.type)
        ) : (
          <Link to="/failures/one" search={{ id: failure }}>
            <StateText state="person">{nameOf(event.type)}</StateText>
          </Link>
        );
      },
    },
    {
      key: 'gist',
      title: t('journal.what'),
      wide: true,
      cell: (event) => <LongText length={200}>{gist(event)}</LongText>,
    },
    {
      key: 'source',
      title: t('journal.source'),
      optional: true,
      cell: ({ source }) => <bdi>{source.slice(0, 80)}</bdi>,
    },
  ];
  return (
    <>
      <News news={news} show={showNews} />
      <DataTable {...{ label: t('journal.title'), columns, rows, rowKey: keyOf, hold }} />
    </>
  );
}
