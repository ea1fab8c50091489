import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Known } from '../../parts/known.js';
import { useUser } from '../../sign-in/session.js';
import { displayedQuery, documentQuery, drafts, type BindingDocument } from '../api.js';
import { Editor } from './editor.js';
import { ReadOnly } from './read-only.js';
import { DocumentSession } from './session/session.js';
import { linesDisplayed, linesKept, type Line } from './sheet/lines.js';

const route = getRouteApi('/inside/desk/documents/$id');

/** A document: before posting the form in which it is edited, afterwards its lines, read only. */
export function BindingDocumentPage() {
  const { id } = route.useParams();
  const navigate = useNavigate();
  // a new one gets its address when the server has taken its first draft: the form stays as it is
  const [opened, open] = useState<{ key: number; id: string; born?: string }>({ key: 0, id });
  if (opened.id !== id) open({ key: opened.born === id ? opened.key : opened.key + 1, id });
  const born = useCallback(
    (newId: string) => {
      open((before) => ({ ...before, born: newId }));
      void navigate({ to: '/desk/documents/$id', params: { id: newId }, search: true, replace: true });
    },
    [navigate],
  );
  const again = () => open((before) => ({ key: before.key + 1, id: before.id }));
  return <Opened key={opened.key} id={id} born={born} again={again} />;
}

function Opened({ id, born, again }: { id: string; born: (id: string) => void; again: () => void }) {
  const [begun] = useState(id);
  return begun === 'new' ? (
    <NewDocument {...{ born, again }} />
  ) : (
    <KnownDocument key={begun} {...{ id: begun, born, again }} />
  );
}

/** A session whose table is filtered as the address says. */
function useSession(begin: (made: DocumentSession) => void = () => undefined): DocumentSession {
  const search = route.useSearch();
  const [session] = useState(() => {
    const made = new DocumentSession(drafts);
    made.sheet.display(search);
    begin(made);
    return made;
  });
  return session;
}

type More = { born: (id: string) => void; again: () => void };

function NewDocument({ born, again }: More) {
  const session = useSession();
  return <Editor {...{ session, born, again }} />;
}

function KnownDocument({ id, ...more }: More & { id: string }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const query = useQuery(documentQuery(id));
  return (
    <Known query={query} title={t('desk.document')}>
      {(document) =>
        document.posted || document.marked || !may('desk.post') ? (
          <ReadOnly {...{ document, again: more.again }} />
        ) : (
          <Draft {...{ document, ...more }} />
        )
      }
    </Known>
  );
}

function Draft({ document, ...more }: More & { document: BindingDocument }) {
  const { t } = useTranslation();
  const { system, display } = document;
  const query = useQuery({ ...displayedQuery(system ?? '', display ?? 'all'), enabled: !!system && !!display });
  if (!system || !display) return <Loaded {...{ document, displayed: [], ...more }} />;
  return (
    <Known query={query} title={t('desk.document')}>
      {(answer) => <Loaded {...{ document, displayed: linesDisplayed(answer), ...more }} />}
    </Known>
  );
}

function Loaded({ document, displayed, ...more }: More & { document: BindingDocument; displayed: Line[] }) {
  const session = useSession((made) => {
    const { system, comment, display, date, dateByHand } = document;
    made.open(document, { system, comment, display, date: dateByHand ? date : null }, displayed, linesKept(document));
  });
  return <Editor {...{ session, ...more }} />;
}
