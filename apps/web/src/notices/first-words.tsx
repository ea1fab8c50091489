import { useTranslation } from 'react-i18next';
import { useLanguage } from '../texts/language.js';
import styles from './notices.module.css';

const settings = {
  mail: 'console.notices.mail',
  webhook: 'console.notices.webhook',
  heartbeat: 'console.notices.heartbeat',
  quietHours: 'console.notices.quietHours',
  publicUrl: 'console.http.publicUrl',
} as const;
const names = Object.keys(settings) as (keyof typeof settings)[];

const example = (language: string) => `console:
  http:
    publicUrl: https://itk.example.edu
  notices:
    language: ${language}
    mail:
      host: mail.example.edu
      security: starttls
      user: itk
      passwordFile: secrets/mail-password
      from: itk@example.edu
      to: [operators@example.edu]
    heartbeat: { url: https://watch.example.edu/ping/itk }`;

/** For whoever has set up nothing yet: what notices are, and what stands in the configuration for them. */
export function FirstWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className={styles.first}>
      <p>{t('notices.first.what')}</p>
      <p>{t('notices.first.how')}</p>
      <dl>
        {names.map((name) => (
          <div key={name} className={styles.setting}>
            <dt>
              <code>{settings[name]}</code>
            </dt>
            <dd>{t(`notices.first.settings.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('notices.first.example')}</p>
      <pre tabIndex={0} role="region" aria-label={t('notices.first.example')}>
        {example(language)}
      </pre>
      <p className={styles.soft}>{t('notices.first.then')}</p>
    </div>
  );
}
