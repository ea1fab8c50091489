import { useQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { Since, When } from '../../parts/time/when.js';
import { useUser } from '../../sign-in/session.js';
import { useSaid } from '../../texts/language.js';
import { failureQuery, isMendedIn1C, type Failure } from '../api.js';
import { AskAgain } from '../deeds/ask.js';
import { Archive, Note, Restore } from '../deeds/put-aside.js';
import { Replay } from '../deeds/replay.js';
import type { Draft } from '../edit/draft.js';
import { Edits } from '../edit/links.js';
import { EditPanel } from '../edit/panel.js';
import { Cure, FailureStateBadge, useClosedBy } from '../parts.js';
import { Attempts } from './attempts.js';
import { Causes } from './causes.js';
import { Message } from './message.js';
import { Notes } from './notes.js';
import styles from './one.module.css';

const route = getRouteApi('/inside/failures/one');

export function FailurePage() {
  const { t } = useTranslation();
  const { id } = route.useSearch();
  const query = useQuery(failureQuery(id));
  return (
    <Known query={query} title={t('failures.one.title')}>
      {(failure) => <One key={id} failure={failure} />}
    </Known>
  );
}

function One({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { may } = useUser();
  const { id, kind, state, cure, replayable, code } = failure;
  const open = state === 'open' ? 1 : 0;
  const chosen = { selection: { ids: [id] }, number: open };
  const in1C = isMendedIn1C(failure);
  const [editing, setEditing] = useState(false);
  const [draft, setDraft] = useState<Draft>({});
  const mayEdit = may('failures.edit') && failure.message !== null;
  return (
    <>
      <PageHead
        title={<bdi>{said(failure.reason)}</bdi>}
        answer={
          <span className={styles.facts}>
            <FailureStateBadge state={state} />
            <Facts failure={failure} />
          </span>
        }
      />
      <Cure cure={cure} kind={kind} replayable={replayable} />
      {may('failures.mend') && (
        <div className={styles.deeds}>
          {replayable && open > 0 && <Replay chosen={chosen} variant={in1C ? 'default' : 'filled'} />}
          {code !== null && <AskAgain chosen={{ ...chosen, number: 1 }} variant={in1C ? 'filled' : 'default'} />}
          {state === 'archived' && <Restore chosen={{ ...chosen, number: 1 }} />}
          {open > 0 && <Archive chosen={chosen} />}
          <Note chosen={{ ...chosen, number: 1 }} />
          {mayEdit && (
            <Button
              {...{ variant: 'default', 'aria-expanded': editing, disabled: open === 0 && !editing }}
              onClick={() => setEditing(!editing)}
            >
              {t('edit.open')}
            </Button>
          )}
        </div>
      )}
      <Edits edits={failure.edits} editedFrom={failure.editedFrom} />
      {mayEdit && editing && <EditPanel {...{ id, draft, setDraft, close: () => setEditing(false) }} />}
      <div className={styles.columns}>
        <div>
          <Causes causes={failure.causes} />
          <Attempts attempts={failure.attempts} reason={failure.reason} />
          <Notes notes={failure.notes} />
        </div>
        <Message failure={failure} />
      </div>
    </>
  );
}

function Facts({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const { system, service, code, group, firstSeen, askedAt, replay, closedBy } = failure;
  const said = useClosedBy();
  return (
    <>
      {code !== null && (
        <span>
          {t('failures.one.student')}{' '}
          <Link to="/students/$code" params={{ code }}>
            {code}
          </Link>
        </span>
      )}
      <span>
        {system} · {service} · {t('failures.sinceText')} <Since time={firstSeen} />
      </span>
      <Link to="/failures/group/$group" params={{ group }}>
        {t('failures.one.group')}
      </Link>
      {replay !== null && (
        <Link to="/replays/$id" params={{ id: replay }}>
          {t('failures.one.replay')}
        </Link>
      )}
      {askedAt !== null && (
        <span>
          {t('failures.openAsk')} <When time={askedAt} />
        </span>
      )}
      {closedBy !== null && <span>{said(closedBy)}</span>}
    </>
  );
}
