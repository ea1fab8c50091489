import type { FedBy1C } from '#platform';

/** What the doctor is told of the system it examines. */
export interface OnecCircumstances {
  /** The system's Name in the ELS directory. */
  els: string;
  /** The infobase's zone, IANA. */
  zone: string;
  namespace: string;
  setErrorCronflag: 'auto' | 'yes' | 'no';
  /** Students of one page: as many as the poller asks for. */
  window: number;
  /** The person key is 1C's individual. */
  individualNeeded: boolean;
  /** Read a page as well? Listing faulty students, 1C flags them: what it says of them is told here, and they are reoffered. */
  page?: boolean;
  /** Code of a student whom 1C offers: flags are set on them to prove clock and zone, and taken back where 1C can do that. */
  student?: string;
}

/** As configured, with what was asked for. */
export const onecCircumstances = (
  { els, synchronizer, window, accounts }: Pick<FedBy1C, 'els' | 'synchronizer' | 'window' | 'accounts'>,
  asked: Pick<OnecCircumstances, 'page' | 'student'> = {},
): OnecCircumstances => ({
  els,
  zone: synchronizer.zone,
  namespace: synchronizer.namespace,
  setErrorCronflag: synchronizer.setErrorCronflag,
  window,
  individualNeeded: accounts.per === 'individual',
  ...asked,
});
