import { plainText } from '../plain-text.js';

const cut = (text: string, most: number): string => [...text].slice(0, most).join('').trim();

/** How an academic group is called in Moodle: plain, and no longer than the column of groups and cohorts. */
export const groupName = (academic: string): string => cut(plainText(academic).trim(), 254);

/** The ID number by which Moodle's group or cohort is known: the academic group's name to the letter, as far as it fits. */
export const groupIdnumber = (academic: string): string => cut(academic.replace(/[\0\p{Surrogate}]/gu, '').trim(), 100);
