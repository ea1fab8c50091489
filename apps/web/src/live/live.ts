import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { sessionEnded } from '../api/session.js';
import type { Session } from '../sign-in/session.js';

interface LiveState {
  state: 'starting' | 'live' | 'lost';
  /** Milliseconds: since when it is so. */
  since: number;
}

let current: LiveState = { state: 'starting', since: Date.now() };
const listeners = new Set<() => void>();

function set(state: LiveState['state']): void {
  if (current.state === state) return;
  current = { state, since: Date.now() };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, () => current);

/** What has changed by its first word; queries of that word are asked anew, at most so often. The console relies on it. */
const pace = 1_000;

/** Follows what happens, as long as somebody is signed in. The browser resumes by itself, with the last event it has had. */
export function useLive(permitted: boolean): void {
  const queries = useQueryClient();
  useEffect(() => (permitted ? follow(queries) : undefined), [queries, permitted]);
}

function follow(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const due = new Set<string>();
  let asking: ReturnType<typeof setTimeout> | undefined;
  const changed = (topic: string) => {
    due.add(topic);
    asking ??= setTimeout(() => {
      asking = undefined;
      const topics = [...due];
      due.clear();
      for (const each of topics) void queries.invalidateQueries({ queryKey: [each] });
    }, pace);
  };
  const open = () => {
    source = new EventSource('/api/live');
    let fresh = true;
    source.onopen = () => {
      fresh = true;
      set('live');
    };
    // The first beat: from here on changes are told, and none of what was read before is known to be the newest.
    source.addEventListener('beat', () => {
      if (fresh) void queries.invalidateQueries();
      fresh = false;
    });
    source.onerror = () => {
      set('lost');
      if (source!.readyState !== EventSource.CLOSED) return;
      // refused: the browser does not try again by itself
      void fetch('/api/session').then(
        async (answer) => (answer.ok && ((await answer.json()) as Session).user === null ? sessionEnded() : undefined),
        () => undefined,
      );
      again = setTimeout(open, 5_000);
    };
    source.addEventListener('change', ({ data }) => changed((JSON.parse(data as string) as { topic: string }).topic));
  };
  open();
  return () => {
    source?.close();
    clearTimeout(again);
    clearTimeout(asking);
  };
}
