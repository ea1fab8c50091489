import { useQuery } from '@tanstack/react-query';
import { foreseeCancelling } from '../api.js';
import { Touched, useTouchedText } from './posting/touched.js';

/** Whom cancelling the posting would touch. */
export function ForeseenCancelling({ id }: { id: string }) {
  const touchedText = useTouchedText();
  const foreseen = useQuery({
    queryKey: ['desk', 'cancelling', id],
    queryFn: () => foreseeCancelling(id),
    staleTime: 0,
    gcTime: 0,
  }).data;
  if (!foreseen) return null;
  return (
    <>
      <p>{touchedText(foreseen.students, foreseen.groups)}</p>
      <Touched groups={foreseen.groups} />
    </>
  );
}
