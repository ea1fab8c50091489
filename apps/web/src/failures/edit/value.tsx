import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../texts/language.js';
import { absolute } from '../../parts/time/moment.js';
import { useNow } from '../../parts/time/now.js';
import { useZone } from '../../parts/time/zone.js';
import { courseOf, nameOf, type Field, type Value } from './draft.js';

/** What stands in a field, or will: as the page writes it. */
export function Shown({ type, value }: { type: Field['type']; value: Value }) {
  const { t } = useTranslation();
  const [language, zone, now] = [useLanguage(), useZone(), useNow()];
  if (value === null || value === '') return <em>{t('edit.none')}</em>;
  const text = type === 'moment' && typeof value === 'number' ? absolute(value * 1_000, now, language, zone) : value;
  return <bdi>{text}</bdi>;
}

/** `person.lastname`: "surname"; with the number of its course where there is one. */
export function useFieldName(): (path: string) => string {
  const { t } = useTranslation();
  return (path) => {
    const name = nameOf(path);
    const course = courseOf(path);
    const said = name === undefined ? path : t(`edit.fields.${name}`);
    return course === undefined ? said : t('edit.inCourse', { number: course + 1, field: said });
  };
}
