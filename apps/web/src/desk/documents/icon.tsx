import { useTranslation } from 'react-i18next';
import type { documentStates } from './search.js';

export type DocumentState = (typeof documentStates)[number];

export const stateNamed = ({ posted, marked }: { posted: boolean; marked: boolean }): DocumentState =>
  marked ? 'marked' : posted ? 'posted' : 'written';

const over: Record<DocumentState, string> = {
  written: '',
  posted: 'M5 9.2 7.2 11.4 11.4 6.4',
  marked: 'M5 6.5l6 6M11 6.5l-6 6',
};
const colors: Record<DocumentState, string> = { written: '', posted: 'var(--done)', marked: 'var(--person)' };

/** As in 1C: a sheet; a sheet with a green tick, posted; a crossed sheet, marked for deletion. */
export function DocumentIcon({ state }: { state: DocumentState }) {
  const { t } = useTranslation();
  return (
    <svg width={16} height={16} viewBox="0 0 16 16" fill="none" role="img" aria-label={t(`desk.states.${state}`)}>
      <title>{t(`desk.states.${state}`)}</title>
      <path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3" stroke="var(--text-soft)" strokeWidth={1.2} />
      {over[state] && <path d={over[state]} stroke={colors[state]} strokeWidth={2} strokeLinecap="round" />}
    </svg>
  );
}
