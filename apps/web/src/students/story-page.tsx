import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Troubles } from '../overview/troubles.js';
import { Code } from '../parts/text/code.js';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateText } from '../parts/state.js';
import { useUser } from '../sign-in/session.js';
import { useSaid } from '../texts/language.js';
import { storyQuery, type Stories, type Story } from './api.js';
import { AskAboutStudent } from './ask-about.js';
import { Courses } from './courses.js';
import { Events } from './events.js';
import { Told } from './told.js';
import { FailureTable } from '../failures/failure-table.js';
import styles from './students.module.css';

const route = getRouteApi('/inside/students/$code');

/** Why is this student not in that course? */
export function StoryPage() {
  const { code } = route.useParams();
  const query = useQuery(storyQuery(code));
  return (
    <Known query={query} title={<Code>{code}</Code>}>
      {(stories) => <Whole stories={stories} />}
    </Known>
  );
}

function Whole({ stories: { code, stories, troubles } }: { stories: Stories }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={<Code>{code}</Code>} answer={stories.find(({ group }) => group)?.group} />
      {troubles.length > 0 && <Troubles troubles={troubles} total={troubles.length} />}
      {stories.length === 0 && <Empty title={t('students.nobody')}>{t('students.nobodyText')}</Empty>}
      {stories.map((story) => (
        <InSystem key={story.system} code={code} story={story} />
      ))}
    </>
  );
}

function InSystem({ code, story }: { code: string; story: Story }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { may } = useUser();
  const { system, moodle, moodleUser, sentence, courses, failures, gaps, writtenBy } = story;
  const from1C = story.fedBy.includes('onec');
  const isOpen = failures.some(({ state }) => state === 'open');
  const isWell = !isOpen && courses.every(({ state }) => state === 'enrolled');
  const lost = gaps.reduce((sum, { missing }) => sum + missing, 0);
  return (
    <section className={styles.system}>
      <div className={styles.head}>
        <h2>{system}</h2>
        {moodleUser === null ? (
          <span className={styles.soft}>
            {t(writtenBy === 'file' ? 'students.accountInFile' : 'students.noAccount')}
          </span>
        ) : (
          <a href={`${moodle}/user/profile.php?id=${moodleUser}`} rel="noreferrer">
            {t('students.account', { id: moodleUser })}
          </a>
        )}
        {(from1C || story.told) && <Told told={story.told} />}
        {may('failures.mend') && from1C && <AskAboutStudent system={system} code={code} />}
      </div>
      <p className={styles.sentence}>
        {isWell ? said(sentence) : <StateText state={isOpen ? 'person' : 'self'}>{said(sentence)}</StateText>}
      </p>
      <div className={styles.columns}>
        <Courses courses={courses} moodle={moodle} />
        <Events events={story.events} />
      </div>
      {lost > 0 && <StateText state="self">{t('students.gaps', { count: lost })}</StateText>}
      {failures.length > 0 && (
        <>
          <h3>{t('students.failures')}</h3>
          <FailureTable failures={failures} asked={`${code} ${system}`} withCause />
        </>
      )}
    </section>
  );
}
