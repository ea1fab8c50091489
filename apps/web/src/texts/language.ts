import { useTranslation } from 'react-i18next';
import type { Language } from './texts.js';

/** A text that the server gives in both languages. */
export interface Bilingual {
  ru: string;
  en: string;
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'ru' ? 'ru' : 'en';
}

/** Reads what the server says in the language of the page. */
export function useSaid(): (text: Bilingual) => string {
  const language = useLanguage();
  return (text) => text[language];
}
