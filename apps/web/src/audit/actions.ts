import { useTranslation } from 'react-i18next';

/** What was done, in words; by its machine name where the pages are older than the console. */
export function useActionName(): (action: string) => string {
  const { t, i18n } = useTranslation();
  return (action) => {
    const key = `audit.actions.${action}`;
    return i18n.exists(key) ? (t as (key: string) => string)(key) : action;
  };
}
