import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act/act.js';
import { StateBadge } from '../../parts/state.js';
import { When } from '../../parts/time/when.js';
import { useUser } from '../../sign-in/session.js';
import { cancelPosting, elsQuery, markForDeletion, type BindingDocument } from '../api.js';
import { useCourseTitles } from '../courses/use-titles.js';
import { Naive } from '../parts/naive.js';
import { ForeseenCancelling } from './foreseen-cancelling.js';
import styles from './form.module.css';
import type { Hints } from './grid/deeds.js';
import { Grid } from './grid/grid.js';
import { History } from '../history/history.js';
import { linesKept, type Line } from './sheet/lines.js';
import { SheetStore } from './sheet/store.js';

/** After posting: the lines that it bound, read only; administrators may cancel the posting. */
export function ReadOnly({ document, again }: { document: BindingDocument; again: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useUser();
  const { number, date, author, comment, system, posted, marked, postedAt } = document;
  const named = useQuery(elsQuery).data?.els.find(({ code }) => code === system);
  const titles = useCourseTitles(named?.ids[0]);
  const [sheet] = useState(() => {
    const store = new SheetStore();
    store.fill(linesKept(document).filter(({ change }) => change));
    return store;
  });
  const table = useRef<HTMLDivElement>(null);
  const current = useRef<number>(undefined);
  const [looked, look] = useState<Line>();
  const state = marked ? 'marked' : posted ? 'posted' : 'written';
  return (
    <div className={styles.form}>
      <div className={styles.bar}>
        <h1>
          {t('desk.document')} {number} {t('desk.from')} <Naive date={date} />
        </h1>
        <StateBadge state={marked ? 'self' : posted ? 'done' : 'well'}>{t(`desk.states.${state}`)}</StateBadge>
        {posted && may('desk.cancel') && <CancelPosting {...{ document, again }} />}
        {marked && may('desk.post') && <Unmark {...{ document, again }} />}
        <Button variant="default" onClick={() => void navigate({ to: '/desk/documents' })}>
          {t('desk.form.close')}
        </Button>
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t('desk.els')}</dt>
          <dd>{named?.name ?? system ?? '—'}</dd>
        </div>
        <div>
          <dt>{t('desk.author')}</dt>
          <dd>{author}</dd>
        </div>
        {postedAt && (
          <div>
            <dt>{t('desk.postedAt')}</dt>
            <dd>
              <When time={postedAt} />
            </dd>
          </div>
        )}
        {comment && (
          <div>
            <dt>{t('desk.comment')}</dt>
            <dd>{comment}</dd>
          </div>
        )}
      </dl>
      <Grid
        label={t('desk.form.table')}
        {...{
          scroller: table,
          current,
          store: sheet,
          readOnly: true,
          titles,
          hints: noHints,
          choose: nothing,
          say: nothing,
        }}
      />
      <div className={styles.foot}>
        <span className={styles.said}>{t('desk.form.boundLines', { count: sheet.displayed().length })}</span>
        <Button variant="default" onClick={() => look(sheet.line(current.current ?? -1))}>
          {t('desk.history.label')}
        </Button>
      </div>
      {looked && system !== null && <History {...{ system, line: looked, close: () => look(undefined) }} />}
    </div>
  );
}

const noHints: Hints = new Map();
const nothing = () => undefined;

type Deed = { document: BindingDocument; again: () => void };

function useAnew(again: () => void): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['desk'], refetchType: 'none' });
    again();
  };
}

function CancelPosting({ document: { id, number, version }, again }: Deed) {
  const { t } = useTranslation();
  const anew = useAnew(again);
  return (
    <Act
      label={t('desk.cancelling.label')}
      title={t('desk.cancelling.title', { number })}
      confirm={t('desk.cancelling.do')}
      dangerous
      run={async () => {
        await cancelPosting(id, version);
        await anew();
        return t('desk.cancelling.done', { number });
      }}
    >
      <p>{t('desk.cancelling.text')}</p>
      <ForeseenCancelling id={id} />
    </Act>
  );
}

function Unmark({ document: { id, number, version }, again }: Deed) {
  const { t } = useTranslation();
  const anew = useAnew(again);
  return (
    <Act
      label={t('desk.unmarking.label')}
      title={t('desk.unmarking.title', { number })}
      confirm={t('desk.unmarking.do')}
      run={async () => {
        await markForDeletion(id, version, false);
        await anew();
        return t('desk.unmarking.done', { number });
      }}
    />
  );
}
