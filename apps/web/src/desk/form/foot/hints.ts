import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { suggestionsQuery, type Suggested } from '../../api.js';
import type { Hint, Hints } from '../grid/deeds.js';
import type { DocumentSession } from '../session/session.js';
import { nameOfKey, nameOfLine } from '../sheet/lines.js';

type Why = Suggested['suggestions'][number]['why'];

/** Why a course is suggested, in a few words. */
function useWhy(): (why: Why) => string {
  const { t } = useTranslation();
  return useCallback(
    (why) => {
      if (why.reason === 'earlier-year') return t('desk.form.why.earlierYear', { year: why.year });
      if (why.reason === 'same-discipline') return t('desk.form.why.sameDiscipline', { count: why.curricula });
      return t('desk.form.why.similarTitle', { title: why.title });
    },
    [t],
  );
}

/** Suggestions for the empty bindings that are in the table, by place. */
export function useHints({ sheet }: DocumentSession, system: string | null): Hints {
  const suggestions = useQuery({ ...suggestionsQuery(system ?? ''), enabled: system !== null }).data;
  const filled = useSyncExternalStore(sheet.subscribe, sheet.filled);
  const why = useWhy();
  const hints = useMemo(() => {
    const found = new Map<number, Hint>();
    if (!suggestions) return found;
    const byName = new Map(suggestions.map((each) => [nameOfKey(each), each.suggestions[0]]));
    filled.forEach((line, place) => {
      const first = line.shown?.course === 0 ? byName.get(nameOfLine(line)) : undefined;
      if (first) found.set(place, { course: first.courseId, why: why(first.why) });
    });
    return found;
  }, [suggestions, filled, why]);
  useEffect(() => {
    if (hints.size > 0) sheet.display(sheet.filter(), new Set(hints.keys()));
  }, [hints, sheet]);
  return hints;
}
