import { useTranslation } from 'react-i18next';
import { useSaid } from '../../texts/language.js';
import { StateText } from '../state.js';
import { Since, When } from './when.js';

interface Props {
  readAt: string | null;
  askedSince: string | null;
  trouble: { ru: string; en: string } | null;
}

/** Of when numbers are that somebody else has to be asked for, and what is waited for where there are none. */
export function ReadAt({ readAt, askedSince, trouble }: Props) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <>
      {readAt && (
        <>
          {t('parts.readAt')} <When time={readAt} />.{' '}
        </>
      )}
      {trouble ? (
        <StateText state="self">{said(trouble)}.</StateText>
      ) : (
        askedSince &&
        !readAt && (
          <StateText state="self">
            {t('parts.askedSince')} <Since time={askedSince} />.
          </StateText>
        )
      )}
    </>
  );
}
