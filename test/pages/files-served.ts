import type { DataSource } from 'typeorm';
import { serveErrands } from '#persistence';
import type { FileChange, ListedFile, ShownFile } from '../../apps/console/ims/files.js';

const counts = {
  ...{ groups: 40, persons: 1_250, memberships: 8_400, problems: 2, coursesNew: 3 },
  ...{ created: 18, changed: 37, removed: 4, again: 2, membershipsNew: 60, membershipsRemoved: 9 },
};
const listed = (id: number, more: Partial<ListedFile>): ListedFile => ({
  ...{ id, name: `выгрузка-2026-11-${id}.xml`, content: 'snapshot', state: 'applied', counts },
  ...{ claimedAt: '2026-11-27T06:00:00.000Z', finishedAt: '2026-11-27T06:01:00.000Z', damage: null, decision: null },
  filedAs: `archive/2026-11-27/${id}-выгрузка.xml`,
  outcomes: { waiting: 5, underWay: 10, done: 44, failed: 2 },
  ...more,
});

/** Files as ims-gateway would tell of them, with names that come from outside. */
export function serveFiles(dataSource: DataSource, evil: string, stop: AbortSignal): void {
  const damage = {
    ru: 'файл повреждён, строка 4, столбец 15: закрыт не тот элемент',
    en: 'the file is damaged, line 4, column 15: the wrong element is closed',
  };
  let held = true;
  const files = (): ListedFile[] => [
    listed(27, { state: held ? 'held' : 'applied', filedAs: null, outcomes: {}, finishedAt: null }),
    listed(26, {}),
    listed(25, { state: 'rejected', counts: null, damage, outcomes: {}, name: `${evil}.xml` }),
    listed(24, {
      ...{ state: 'discarded', outcomes: {} },
      decision: { decision: 'discarded', by: 'ims-gateway', why: '#25' },
    }),
  ];
  const changes: FileChange[] = [
    { code: '000010200', change: 'created', state: 'done', cause: null, reason: null },
    { code: '000010201', change: 'changed', state: 'underWay', cause: null, reason: null },
    {
      ...{ code: '000010202', change: 'removed', state: 'failed', cause: 'username-taken' },
      reason: { ru: 'Имя входа занято другим человеком', en: 'The login belongs to another person' },
    },
  ];
  const problems = [
    {
      ...{ line: 17, element: 'person', code: null, cause: 'no-id' },
      reason: { ru: 'нет sourcedid с id', en: 'no sourcedid with an id' },
    },
    { line: 40, element: 'member', code: evil, cause: 'x', reason: { ru: evil, en: evil } },
  ];
  const shown = (id: number): ShownFile | null => {
    const file = files().find((each) => each.id === id);
    return file ? { ...file, problems, changes } : null;
  };
  const decide = (): Promise<unknown> => {
    held = false;
    return Promise.resolve({ number: 1 });
  };
  void serveErrands(
    dataSource,
    'ims-gateway',
    {
      'list-files': () => Promise.resolve({ files: files() }),
      'show-file': ({ payload }) => Promise.resolve({ file: shown((payload as { file: number }).file) }),
      ...{ 'release-files': decide, 'discard-files': decide },
    },
    stop,
  );
}
