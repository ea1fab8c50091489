import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../parts/icon.js';
import { setLanguage } from '../../texts/texts.js';
import { useLanguage } from '../../texts/language.js';
import styles from './choices.module.css';

const themes: { scheme: MantineColorScheme; icon: IconName; text: 'themeLight' | 'themeDark' | 'themeAuto' }[] = [
  { scheme: 'light', icon: 'sun', text: 'themeLight' },
  { scheme: 'dark', icon: 'moon', text: 'themeDark' },
  { scheme: 'auto', icon: 'half', text: 'themeAuto' },
];

/** Language and theme; both are kept in the browser. */
export function Choices() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = language === 'ru' ? 'en' : 'ru';
  const shown = themes.find(({ scheme }) => scheme === colorScheme) ?? themes[2]!;
  return (
    <>
      <button className={styles.language} type="button" lang={other} onClick={() => void setLanguage(other)}>
        <Icon name="globe" />
        <span>{t('shell.otherLanguage')}</span>
      </button>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={`${t('shell.theme')}: ${t(`shell.${shown.text}`)}`}>
            <Icon name={shown.icon} size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {themes.map(({ scheme, icon, text }) => (
            <Menu.Item key={scheme} leftSection={<Icon name={icon} />} onClick={() => setColorScheme(scheme)}>
              {t(`shell.${text}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
