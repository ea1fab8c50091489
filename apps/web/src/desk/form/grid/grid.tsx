import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseTitles } from '../../courses/titles.js';
import type { SheetStore } from '../sheet/store.js';
import { begin, chosen, columns, courseColumn, moved, severalColumn, within, type Cursor } from './cursor.js';
import { cellsAsText, clear, commit, paste, take, turnMark, type Hints, type TableDeed } from './deeds.js';
import styles from './grid.module.css';
import { deedOfKey } from './keys.js';
import { Row } from './row.js';
import { redo, undo } from '../sheet/sheet.js';

const rowHeight = 28;
const headHeight = 30;
/** Rows drawn above and below what is seen. */
const overscan = 6;

interface Props {
  label: string;
  /** The table itself, for whoever gives it the focus. */
  scroller: RefObject<HTMLDivElement | null>;
  /** Where one is: a place; for commands beside the table. */
  current: RefObject<number | undefined>;
  store: SheetStore;
  readOnly: boolean;
  titles: CourseTitles;
  hints: Hints;
  /** Opens the choice of a course for these places. */
  choose: (places: number[], text: string) => void;
  /** Says what a deed did. */
  say: (deed: TableDeed) => void;
}

/** Drawn anew when its lines are others, not with every word that stands around it. */
export const Grid = memo(function Grid({
  label,
  scroller,
  current,
  store,
  readOnly,
  titles,
  hints,
  choose,
  say,
}: Props) {
  const { t } = useTranslation();
  const id = useId();
  const displayed = useSyncExternalStore(store.subscribe, store.displayed);
  const [at, setAt] = useState(begin);
  const cursor = within(at, displayed.length);
  const [editing, setEditing] = useState<string>();
  const rows = useVirtualizer({
    count: displayed.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    initialRect: { width: 1100, height: 400 },
  });
  // As many as are ever drawn at once, used over and over: wherever one scrolls to, none is made.
  const slots = Math.ceil((rows.scrollRect?.height ?? 400) / rowHeight) + 2 + 2 * overscan;
  const go = useCallback(
    (next: Cursor) => {
      setAt(next);
      setEditing(undefined);
      rows.scrollToIndex(next.row);
    },
    [rows],
  );
  // another table, or another filter: from the top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [displayed, scroller]);

  const place = displayed[cursor.row];
  useEffect(() => {
    current.current = place;
  }, [current, place]);

  const places = (): number[] => {
    const { first, last } = chosen(cursor);
    return displayed.slice(first, last + 1);
  };
  /** The list of courses is opening and has not the focus yet: what is typed is meant for it. */
  const opening = useRef(false);
  const page = () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
  const act = (deed: (store: SheetStore) => TableDeed | undefined) => {
    const said = deed(store);
    if (said) say(said);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const deed = deedOfKey(event);
    if (!deed) return;
    const changes = !['move', 'jump', 'page', 'all', 'next'].includes(deed.kind);
    event.preventDefault();
    if (displayed.length === 0) return;
    if (!changes) return go(moved(cursor, deed, displayed.length, page()));
    if (readOnly) return;
    const column = { ...cursor, column: courseColumn };
    if (deed.kind === 'choose' || (opening.current && deed.kind === 'edit')) {
      opening.current = true;
      choose(places(), deed.text ?? '');
    } else if (deed.kind === 'edit') {
      setAt({ ...column, anchor: column.row });
      setEditing(deed.text ?? String(store.line(displayed[cursor.row]!)!.course || ''));
      rows.scrollToIndex(cursor.row);
    } else if (deed.kind === 'clear') act((on) => clear(on, places()));
    else if (deed.kind === 'mark') act((on) => turnMark(on, places()));
    else if (deed.kind === 'take') act((on) => take(on, places(), hints));
    else if (deed.kind === 'undo') store.change(undo);
    else store.change(redo);
  };

  const done = useCallback(
    (place: number, row: number, text: string, goOn: boolean) => {
      const said = commit(store, place, text);
      if (said) say(said);
      setEditing(undefined);
      scroller.current?.focus({ preventScroll: true });
      if (goOn) go(moved({ row, column: courseColumn, anchor: row }, { kind: 'next' }, store.displayed().length, 1));
    },
    [store, say, go, scroller],
  );
  const giveUp = useCallback(() => {
    setEditing(undefined);
    scroller.current?.focus({ preventScroll: true });
  }, [scroller]);

  const cellAt = (target: EventTarget) => {
    const cell = (target as HTMLElement).closest<HTMLElement>('[data-column]');
    return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : undefined;
  };
  const items = rows.getVirtualItems();
  const { first, last } = chosen(cursor);
  const drawn = items.some(({ index }) => index === cursor.row);
  return (
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable="true"
      aria-readonly={readOnly}
      aria-rowcount={displayed.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={drawn ? `${id}-${cursor.row % slots}-${cursor.column}` : undefined}
      onKeyDown={onKeyDown}
      onBlur={() => (opening.current = false)}
      onMouseDown={(event) => {
        const cell = cellAt(event.target);
        if (!cell || (event.target as HTMLElement).tagName === 'INPUT') return;
        setAt({ ...cell, anchor: event.shiftKey ? cursor.anchor : cell.row });
        setEditing(undefined);
        if (cell.column === severalColumn && !readOnly && !event.shiftKey)
          act((on) => turnMark(on, [displayed[cell.row]!]));
      }}
      onDoubleClick={(event) => {
        const cell = cellAt(event.target);
        if (!cell || readOnly) return;
        const place = displayed[cell.row]!;
        if (cell.column === courseColumn && editing === undefined) setEditing(String(store.line(place)!.course || ''));
        else if (columns[cell.column] === 'note') act((on) => take(on, [place], hints));
      }}
      onCopy={(event) => {
        if (event.target !== event.currentTarget && (event.target as HTMLElement).tagName === 'INPUT') return;
        event.preventDefault();
        event.clipboardData.setData('text/plain', cellsAsText(store, displayed, cursor));
      }}
      onPaste={(event) => {
        if ((event.target as HTMLElement).tagName === 'INPUT' || readOnly) return;
        event.preventDefault();
        act((on) => paste(on, displayed, chosen(cursor), event.clipboardData.getData('text/plain')));
      }}
    >
      <div role="rowgroup" className={styles.headGroup}>
        <div role="row" aria-rowindex={1} className={styles.head}>
          {columns.map((column, index) => (
            <div
              key={column}
              role="columnheader"
              aria-colindex={index + 1}
              className={styles[column]}
              title={t(`desk.form.columns.${column}`)}
            >
              {t(`desk.form.columns.${column}`)}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() - headHeight }}>
        {items.map(({ index, start }) => (
          <Row
            key={index % slots}
            {...{ t, store, titles, row: index, start: start - headHeight, place: displayed[index]!, readOnly }}
            id={`${id}-${index % slots}`}
            hint={hints.get(displayed[index]!)}
            active={index === cursor.row ? cursor.column : -1}
            chosen={first !== last && index >= first && index <= last}
            editing={index === cursor.row ? editing : undefined}
            {...{ edit: setEditing, done, giveUp, choose }}
          />
        ))}
      </div>
    </div>
  );
});
