import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { ru } from './ru/index.js';

export const languages = ['ru', 'en'] as const;
export type Language = (typeof languages)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof ru };
    returnNull: false;
  }
}

/** English has no `few` and no `many`; all else must be there. */
type OwnKeys<K> = K extends `${string}_few` | `${string}_many` ? never : K;
export type English<T> = { [K in keyof T as OwnKeys<K>]: T[K] extends string ? string : English<T[K]> };

/** The same key as in public/first.js. */
const key = 'itk-language';

const load = {
  ru: async () => (await import('./ru/index.js')).ru,
  en: async () => (await import('./en/index.js')).en,
};

export async function startTexts(): Promise<void> {
  const language = document.documentElement.lang === 'ru' ? 'ru' : 'en';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await load[language]() } },
    interpolation: { escapeValue: false }, // React does
    react: { useSuspense: false },
  });
  show(language);
}

export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await load[language]());
  await i18next.changeLanguage(language);
  localStorage.setItem(key, language);
  show(language);
}

function show(language: Language): void {
  document.documentElement.lang = language;
}
