import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../parts/act/problem.js';
import { elsQuery } from '../api.js';
import { ChooseCourse } from '../courses/choose.js';
import { useCourseTitles } from '../courses/use-titles.js';
import { CloseDocument, useClosing } from './bar/close.js';
import { FormBar } from './bar/bar.js';
import { OtherPerson } from './bar/other-person.js';
import { DisplayBar } from './bar/display.js';
import { Gone } from './bar/gone.js';
import { Creating } from './create/run.js';
import { Filters } from './filters/filters.js';
import { Foot } from './foot/foot.js';
import { useHints } from './foot/hints.js';
import { History } from '../history/history.js';
import styles from './form.module.css';
import type { Line } from './sheet/lines.js';
import { choose, type TableDeed } from './grid/deeds.js';
import { Grid } from './grid/grid.js';
import { Posting } from './posting/posting.js';
import type { DocumentSession } from './session/session.js';
import { useSaidDeed } from './said.js';

interface Props {
  session: DocumentSession;
  /** The server has taken the first draft under this id. */
  born: (id: string) => void;
  /** To be opened anew. */
  again: () => void;
}

/** The form before posting. */
export function Editor({ session, born, again }: Props) {
  const { t } = useTranslation();
  const { sheet, keeper } = session;
  const header = useSyncExternalStore(session.subscribe, session.header);
  const keeping = useSyncExternalStore(keeper.subscribe, keeper.state);
  const directory = useQuery(elsQuery);
  const els = directory.data?.els;
  const named = els?.find(({ code }) => code === header.system);
  const configured = named?.ids[0];
  const titles = useCourseTitles(configured);
  const hints = useHints(session, header.system);
  const [choosing, setChoosing] = useState<{ places: number[]; text: string }>();
  const [asked, setAsked] = useState<'posting' | 'closing'>();
  const [said, setSaid] = useState('');
  const table = useRef<HTMLDivElement>(null);
  const current = useRef<number>(undefined);
  const [looked, look] = useState<Line>();
  const chooseFor = useCallback(
    // the table still gets what is typed before the list has the focus
    (places: number[], text: string) => setChoosing((now) => ({ places, text: (now?.text ?? '') + text })),
    [],
  );
  const back = () => {
    setAsked(undefined);
    setChoosing(undefined);
    // whoever works by keyboard goes on where they were
    requestAnimationFrame(() => table.current?.focus({ preventScroll: true }));
  };
  const saidDeed = useSaidDeed();
  const say = useMemo(() => (deed: TableDeed) => setSaid(saidDeed(deed)), [saidDeed]);

  const id = keeping.kind === 'kept' ? keeper.head()?.id : undefined;
  useEffect(() => {
    if (id !== undefined) born(id);
  }, [id, born]);
  const closing = useClosing(session, () => setAsked('closing'));
  const save = () => setAsked('posting');
  useFormKeys({ save, close: closing.close });
  useLeaving(session);

  return (
    <div className={styles.form}>
      <FormBar {...{ session, save, close: closing.close }} />
      <OtherPerson {...{ session, again }} />
      {directory.error && !els && <ProblemNote error={directory.error} again={() => void directory.refetch()} />}
      <DisplayBar {...{ session, els: els ?? [], say }} />
      <Creating system={header.system} />
      <Gone {...{ sheet, say }} />
      <Filters sheet={sheet} />
      <Grid
        label={t('desk.form.table')}
        {...{ scroller: table, current, store: sheet, readOnly: false, titles, hints, say }}
        choose={chooseFor}
      />
      <Foot {...{ session, hints, said, say, named }} look={() => look(sheet.line(current.current ?? -1))} />
      {looked && header.system !== null && (
        <History {...{ system: header.system, line: looked, close: () => look(undefined) }} />
      )}
      {choosing && (
        <ChooseCourse
          key={choosing.text}
          {...{ sheet, system: configured, titles, begin: choosing.text, close: back }}
          take={(course) => {
            back();
            const deed = choose(sheet, choosing.places, course);
            if (deed) say(deed);
          }}
        />
      )}
      {asked === 'posting' && <Posting {...{ session, system: configured, close: back, posted: again }} />}
      {asked === 'closing' && <CloseDocument {...{ session, keep: closing.keep, stay: back, save }} />}
    </div>
  );
}

const over = '[role=dialog], [role=menu]';

/** Ctrl+S and Ctrl+Enter save, Esc closes: wherever one is in the form, but not in a question or menu over it. */
function useFormKeys({ save, close }: { save: () => void; close: () => void }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // a question that this very key has closed is still around what was pressed in it
      const inQuestion = (event.target as Element).closest?.(over) ?? document.querySelector(over);
      const control = event.ctrlKey || event.metaKey;
      if (control && !event.shiftKey && !event.altKey && (event.code === 'KeyS' || event.key === 'Enter')) {
        event.preventDefault();
        if (inQuestion) return;
        // what is being typed counts
        (document.activeElement as HTMLElement | null)?.blur();
        save();
      } else if (event.key === 'Escape' && !event.defaultPrevented && !inQuestion) close();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
}

/** Before the window goes: what is not on the server yet is sent, and the browser asks. */
function useLeaving({ keeper }: DocumentSession): void {
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!keeper.isDirty()) return;
      void keeper.flush().catch(() => undefined);
      event.preventDefault();
    };
    const onHide = () => {
      if (document.visibilityState === 'hidden' && keeper.isDirty()) void keeper.flush().catch(() => undefined);
    };
    addEventListener('beforeunload', onLeave);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      removeEventListener('beforeunload', onLeave);
      document.removeEventListener('visibilitychange', onHide);
      void keeper.flush().catch(() => undefined);
    };
  }, [keeper]);
}
