import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';
import { sessionEnded } from '../api/session.js';
import { tellTrouble } from '../parts/act/outcomes.js';

export type Session = components['schemas']['Session'];
export type User = components['schemas']['SignedIn'];
export type Permission = User['permissions'][number];

const queryKey = ['session'] as const;

export const sessionQuery = queryOptions({
  queryKey,
  queryFn: async ({ client }): Promise<Session> => {
    const fresh = await ask(api.GET('/api/session'));
    const before = client.getQueryData<Session>(queryKey);
    if (fresh.user || !before?.user) return fresh;
    // The page stays as it is, with all that was entered: signing in again stands over it.
    sessionEnded();
    return before;
  },
  staleTime: 60_000,
});

export const useSessionQuery = () => useQuery(sessionQuery);

/** What is known already. To ask anew would take the page from somebody whose session has ended upon it. */
export const useKnownSession = () => useQuery({ ...sessionQuery, enabled: false });

export const SignedIn = createContext<User | undefined>(undefined);

/** Who looks at the page, and what the pages offer them. The console itself decides at every request. */
export function useUser(): { user: User; may: (permission: Permission) => boolean } {
  const user = useContext(SignedIn);
  if (!user) throw new Error('nobody is signed in');
  return { user, may: (permission) => user.permissions.includes(permission) };
}

export function useSignOut(): (where: 'here' | 'everywhere') => void {
  const queries = useQueryClient();
  return (where) => {
    const out: Promise<{ to: string | null }> =
      where === 'here' ? ask(api.DELETE('/api/session')) : ask(api.DELETE('/api/sessions'));
    out.then(({ to }) => {
      queries.clear();
      // on to the university's sign-in, which ends its own session, too
      location.assign(to ?? '/');
    }, tellTrouble);
  };
}
