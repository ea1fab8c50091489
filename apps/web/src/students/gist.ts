import { useTranslation } from 'react-i18next';
import { absolute } from '../parts/time/moment.js';
import { useNow } from '../parts/time/now.js';
import { useZone } from '../parts/time/zone.js';
import { useSystemNames } from '../systems/names.js';
import { useLanguage, useSaid, type Bilingual } from '../texts/language.js';
import type { Event } from './api.js';

type Data = Record<string, unknown>;
const isRecord = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '—');
const isBilingual = (value: unknown): value is Bilingual =>
  isRecord(value) && typeof value.ru === 'string' && typeof value.en === 'string';

/** Events come from the journal as they were: nothing of their content is taken for granted. */
export function useGist(): (event: Event) => string {
  const { t } = useTranslation();
  const said = useSaid();
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  const systems = useSystemNames();
  const until = (seconds: unknown) =>
    typeof seconds === 'number' ? absolute(seconds * 1000, now, language, zone) : '—';
  const courses = (list: unknown) =>
    Array.isArray(list) && list.length > 0
      ? list.map((each) => (isRecord(each) ? word(each.id ?? each.idnumber) : '—')).join(' ')
      : '—';
  const told = (data: Data) => {
    if (data.told === 'synchronized') return t('students.events.toldSynchronized', { until: until(data.validUntil) });
    if (data.told === 'later') return t('students.events.toldLater', { until: until(data.validUntil) });
    return data.told === 'error' ? t('students.events.toldError') : t('students.events.toldNothing');
  };
  return ({ type, system: of, data: given }) => {
    const data = isRecord(given) ? given : {};
    const study = isRecord(data.study) ? data.study : {};
    const counts = isRecord(data.counts) ? data.counts : {};
    switch (type) {
      case 'itk.student.changed.v1':
        if (data.origin === 'ims')
          return data.state === 'withdrawn'
            ? t('students.events.withdrawnByFile')
            : t('students.events.changedByFile', { courses: courses(data.courses) });
        return data.state === 'withdrawn'
          ? t('students.events.withdrawn')
          : t('students.events.changed', {
              ...{ group: word(study.group), semester: word(study.semester), courses: courses(data.courses) },
            });
      case 'itk.user.provisioned.v1':
        // A number of our own, which Moodle does not know.
        if (systems.find(({ system }) => system === of)?.writtenBy === 'file')
          return t('students.events.accountInFile');
        return t(data.accountCreated === true ? 'students.events.accountCreated' : 'students.events.account', {
          id: word(data.moodleUserId),
        });
      case 'itk.student.synchronized.v1':
        return t('students.events.synchronized', {
          ...{ enrolled: word(counts.enrolled), updated: word(counts.updated) },
          ...{ suspended: word(counts.suspended), unchanged: word(counts.unchanged) },
        });
      case 'itk.synchronization.failed.v1':
        return `${t('students.events.failed')}: ${isBilingual(data.reason) ? said(data.reason) : word(data.cause)}`;
      case 'itk.student.reported.v1':
        return told(data);
      case 'itk.binding.changed.v1':
        return t('students.events.binding', { courses: courses(data.courses) });
      case 'itk.enrolment.due.v1':
        return t('students.events.due');
      case 'itk.account.missing.v1':
        return t('students.events.missing');
      default:
        return type;
    }
  };
}
