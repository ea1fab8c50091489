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
import type { DocumentSession } from '../session/session.js';
import { Moved } from './moved.js';
import { Touched, useTouchedText } from './touched.js';
import styles from './posting.module.css';

/** The answer comes when the question stands already: the button that Enter presses takes the focus then. */
const useFocus = () => useCallback((button: HTMLButtonElement | null) => button?.focus(), []);

interface Props {
  session: DocumentSession;
  close: () => void;
  posted: () => void;
}

/** Save: what it will write, whom it touches and what stands against it are seen before it is done. */
export function Posting({ session, close, posted }: Props) {
  const { t } = useTranslation();
  const focus = useFocus();
  const foreseen = useQuery({
    queryKey: ['desk', 'posting'],
    queryFn: async () => {
      const head = await session.keeper.flush();
      return head ? { id: head.id, ...(await foresee(head.id)) } : null;
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
      size="xl"
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
              {...{ session, foreseen: answer, close, posted, anew: () => void foreseen.refetch() }}
              key={answer.accept}
            />
          )
        }
      </Known>
    </Modal>
  );
}

interface ForesightProps extends Props {
  foreseen: Foreseen & { id: string };
  /** What it would do is another thing by now. */
  anew: () => void;
}

function Foresight({ session, foreseen, close, posted, anew }: ForesightProps) {
  const { t } = useTranslation();
  const focus = useFocus();
  const queries = useQueryClient();
  const touchedText = useTouchedText();
  const { id, version, accept, faults, moved, groups, students } = foreseen;
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
      {faults.length > 0 && <Faults faults={faults} />}
      {moved.length > 0 && <Moved moved={moved} />}
      {doing.error && !problemOf(doing.error).isNamed('ask') && <ProblemNote error={doing.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close} ref={faults.length > 0 ? focus : undefined}>
          {t('desk.posting.back')}
        </Button>
        <Button
          loading={doing.isPending}
          disabled={faults.length > 0}
          ref={faults.length === 0 ? focus : undefined}
          onClick={() => doing.mutate()}
        >
          {moved.length > 0 ? t('desk.posting.allTheSame') : t('desk.posting.do')}
        </Button>
      </Group>
    </Stack>
  );
}

/** What stands against posting: all of it at once, as 1C says it. */
function Faults({ faults }: { faults: Foreseen['faults'] }) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <div className={styles.faults} role="alert">
      <strong>{t('desk.posting.faults')}</strong>
      <ul>
        {faults.slice(0, 50).map(({ text, line }, index) => (
          <li key={`${line} ${index}`}>{said(text)}</li>
        ))}
      </ul>
    </div>
  );
}
