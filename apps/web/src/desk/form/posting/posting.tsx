import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../api/problem.js';
import { tellOutcome } from '../../../parts/act/outcomes.js';
import { ProblemNote } from '../../../parts/act/problem.js';
import { Known } from '../../../parts/known.js';
import { useSaid } from '../../../texts/language.js';
import { foresee, post, type Foreseen } from '../../api.js';
import { checkCourses, type CoursesChecked } from '../../courses/api.js';
import type { DocumentSession } from '../session/session.js';
import { Moved } from './moved.js';
import { Touched, useTouchedText } from './touched.js';
import styles from './posting.module.css';

/** The answer comes when the question stands already: the button that Enter presses takes the focus then. */
const useFocus = () => useCallback((button: HTMLButtonElement | null) => button?.focus(), []);

interface Props {
  session: DocumentSession;
  /** The configured system whose Moodle knows the courses. */
  system: string | undefined;
  close: () => void;
  posted: () => void;
}

/** The courses that the posting would bind, each once. */
const coursesToBind = (session: DocumentSession): number[] => [
  ...new Set(session.sheet.sheet().lines.flatMap(({ change, course }) => (change && course > 0 ? [course] : []))),
];

/** Save: what it will write, whom it touches and what stands against it are seen before it is done. */
export function Posting({ session, system, close, posted }: Props) {
  const { t } = useTranslation();
  const focus = useFocus();
  const foreseen = useQuery({
    queryKey: ['desk', 'posting'],
    queryFn: async () => {
      const head = await session.keeper.flush();
      if (!head) return null;
      const [seen, checked] = await Promise.all([
        foresee(head.id),
        system === undefined ? undefined : checkCourses(system, coursesToBind(session)),
      ]);
      return { id: head.id, checked, ...seen };
    },
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  return (
    <Modal
      opened
      onClose={close}
      size={960}
      title={t('desk.posting.title')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <Known query={foreseen} rows={3}>
        {(answer) =>
          answer === null || session.sheet.counts().changed === 0 ? (
            <Stack gap="sm">
              <div>{t('desk.posting.nothing')}</div>
              <Group justify="flex-end">
                <Button ref={focus} onClick={close}>
                  {t('parts.close')}
                </Button>
              </Group>
            </Stack>
          ) : (
            <Foresight
              {...{ session, system, foreseen: answer, close, posted, anew: () => void foreseen.refetch() }}
              key={answer.accept}
            />
          )
        }
      </Known>
    </Modal>
  );
}

interface ForesightProps extends Props {
  foreseen: Foreseen & { id: string; checked: CoursesChecked | undefined };
  /** What it would do is another thing by now. */
  anew: () => void;
}

function Foresight({ session, foreseen, close, posted, anew }: ForesightProps) {
  const { t } = useTranslation();
  const focus = useFocus();
  const queries = useQueryClient();
  const touchedText = useTouchedText();
  const said = useSaid();
  const { id, version, accept, checked, moved, groups, students } = foreseen;
  const failing = checked?.failures ?? [];
  const against = [
    ...foreseen.faults.map(({ text }) => said(text)),
    ...failing.map(({ id: course, reason, cure }) =>
      t('desk.posting.course', { course, why: [reason, ...(cure ? [cure] : [])].map(said).join('. ') }),
    ),
  ];
  const { changed } = session.sheet.counts();
  const doing = useMutation({
    mutationFn: async () => {
      const head = await post(id, { version, accept });
      tellOutcome(
        `${t('desk.posting.done', { number: head.number, count: changed })} ${touchedText(students, groups)}`,
      );
      await queries.invalidateQueries({ queryKey: ['desk'], refetchType: 'none' });
      posted();
    },
    onError: (error) => {
      if (problemOf(error).isNamed('ask')) anew();
    },
  });
  return (
    <Stack gap="sm">
      <p>
        {t('desk.posting.lines', { count: changed })} {touchedText(students, groups)}
      </p>
      <Touched groups={groups} />
      {against.length > 0 && <Faults texts={against} />}
      {checked?.trouble && <p role="status">{t('desk.posting.notChecked', { why: said(checked.trouble) })}</p>}
      {moved.length > 0 && <Moved moved={moved} />}
      {doing.error && !problemOf(doing.error).isNamed('ask') && <ProblemNote error={doing.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close} ref={against.length > 0 ? focus : undefined}>
          {t('desk.posting.back')}
        </Button>
        <Button
          loading={doing.isPending}
          disabled={against.length > 0}
          ref={against.length === 0 ? focus : undefined}
          onClick={() => doing.mutate()}
        >
          {moved.length > 0 ? t('desk.posting.allTheSame') : t('desk.posting.do')}
        </Button>
      </Group>
    </Stack>
  );
}

/** What stands against posting: all of it at once, as 1C says it, and what Moodle says of the courses. */
function Faults({ texts }: { texts: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles.faults} role="alert">
      <strong>{t('desk.posting.faults')}</strong>
      <ul>
        {texts.slice(0, 50).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
