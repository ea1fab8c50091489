import type { Bilingual } from '#contracts';
import { textOf } from '../standing/words.js';
import type { ChangeKind, Item } from '../rules/tell.js';

/** What is sent, by whatever channel. */
export interface Notice {
  id: string;
  time: Date;
  items: readonly Item[];
  /** Troubles that stand after it. */
  standing: number;
  /** Somebody tries whether notices come. */
  test?: boolean;
}

/** In which words, and where the pages are. */
export interface Manner {
  language: keyof Bilingual;
  /** Of the pages: `https://itk.example.edu`. */
  pages: string;
}

export interface Line {
  change: ChangeKind;
  text: string;
  system: string;
  since: string;
  link: string;
}

export const linesOf = ({ items }: Pick<Notice, 'items'>, { language, pages }: Manner): Line[] =>
  items.map(({ change, trouble }) => ({
    change,
    text: textOf(trouble)[language],
    system: trouble.system,
    since: trouble.since,
    link: `${pages}${trouble.page}`,
  }));
