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

/** Letters of a text from outside that stand in a sentence or a row: a megabyte would stop the page. */
const enough = 500;

/** Reads what the server says in the language of the page; cut, unless `longest` says otherwise. */
export function useSaid(longest = enough): (text: Bilingual) => string {
  const language = useLanguage();
  return (text) => {
    const said = text[language];
    return said.length > longest ? `${said.slice(0, longest)}…` : said;
  };
}
