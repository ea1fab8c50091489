import { Box } from '@mantine/core';
import { useEffect, useState } from 'react';
import { sessionEnded } from '../api/session.js';
import { useLive } from '../live/live.js';
import { ProblemNote } from '../parts/act/problem.js';
import { GreyLines } from '../parts/grey-lines.js';
import { Zone } from '../parts/time/zone.js';
import { Doorway, SignInPage } from '../sign-in/page.js';
import { SignedIn, useSessionQuery, type Session, type User } from '../sign-in/session.js';
import { useTranslation } from 'react-i18next';
import { Frame } from './frame/frame.js';

/** The frame for those who are signed in, the door for the others. */
export function Root() {
  const { t } = useTranslation();
  const { data: session, error, refetch } = useSessionQuery();
  // A session that ends takes the page from nobody: signing in again stands over it.
  const [before, setBefore] = useState<Session>();
  if (session?.user && session !== before) setBefore(session);
  const isOver = session?.user === null && before !== undefined;
  useEffect(() => {
    if (isOver) sessionEnded();
  }, [isOver]);
  const { user, zone } = (isOver ? before : session) ?? {};
  if (user) return <Inside user={user} zone={zone!} />;
  if (session) return <SignInPage />;
  if (!error) return <Coming />;
  return (
    <Doorway title={t('shell.signIn.title')}>
      <ProblemNote error={error} again={() => void refetch()} />
    </Doorway>
  );
}

/** As long as it is not known who looks at it. */
const Coming = () => (
  <Box component="main" p="xl">
    <GreyLines rows={3} />
  </Box>
);

function Inside({ user, zone }: { user: User; zone: string }) {
  useLive(user.permissions.includes('overview.see'));
  return (
    <SignedIn value={user}>
      <Zone value={zone}>
        <Frame />
      </Zone>
    </SignedIn>
  );
}
