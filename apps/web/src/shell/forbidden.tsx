import { useTranslation } from 'react-i18next';
import { Empty } from '../parts/known.js';
import { useUser } from '../sign-in/session.js';

export function Forbidden() {
  const { t } = useTranslation();
  const { user } = useUser();
  const role = user.grants.map((grant) => t(`shell.roles.${grant.role}`)).join(', ');
  return (
    <>
      <h1>{t('shell.forbidden')}</h1>
      <Empty title={t('shell.forbiddenText', { role })} />
    </>
  );
}
