import { createHash } from 'node:crypto';
import {
  codeSchema,
  coursesSchema,
  personKey,
  personSchema,
  studySchema,
  type AccountsPer,
  type Course,
  type Person,
  type Study,
} from '#contracts';
import type { Misplaced } from '#synchronizer';

/** One element of GetStudents' answer. */
export type PageElement =
  | {
      kind: 'student';
      code: string;
      person: Person;
      study: Study;
      courses: Course[];
      /** The newest binding change that 1C had seen when it listed the courses. */
      bindingSequence?: number;
    }
  /** 1C found the student's fault itself and has already set its Error row. */
  | { kind: 'error'; text: string; code?: string }
  /** Neither: `where` says what could not be read. */
  | ({ kind: 'broken'; code?: string } & Complaint);

/** What is wrong with an element: in words, and where it is nothing but characters that cannot be stored, which. */
export interface Complaint {
  where: string;
  characters?: Misplaced[];
}

/** What 1C offers for one code, duplicates folded. `hash` tells one content from another. */
export type Offer = { code: string; hash: string } & (
  | { kind: 'student'; person: Person; study: Study; courses: Course[]; bindingSequence?: number }
  | { kind: 'error'; text: string; codeFound: boolean }
  | ({ kind: 'contract' } & Complaint)
);

/** What the reading of a page needs to know of the system. */
export interface OfferRules {
  /** An element that lacks its person key cannot be used. */
  per: AccountsPer;
}

/** An element that names nobody, by its place in 1C's list, the first being 1, and what is wrong with it. */
export interface Nameless {
  place: number;
  where: string;
}

export interface Offers {
  /** One per code, in 1C's order. */
  offers: Offer[];
  /** Neither told to 1C nor journaled, these stand in GetStudents until mended there. */
  nameless: Nameless[];
}

const hashOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);

const usable = (code: string | undefined): code is string => codeSchema.safeParse(code).success;

/** Courses as a set: 1C repeats a course when the teaching department of a discipline has changed. */
function asSet(courses: readonly Course[]): Course[] {
  const byKey = new Map(courses.map((course) => [course.id ?? course.idnumber, course]));
  return [...byKey.values()].sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}

function contentOf({ person, study, courses }: Extract<PageElement, { kind: 'student' }>): unknown {
  const { code, individual, lastname, firstname, middlename, kind } = person;
  const { group, semester, year, field, profile, mode, site, curriculum } = study;
  return [
    [code, individual ?? null, lastname, firstname, middlename, kind],
    [group, semester, year, field, profile, mode, site, curriculum],
    courses.map(({ id, idnumber, role }) => [id ?? null, idnumber ?? null, role]),
  ];
}

function complaintOf(element: Extract<PageElement, { kind: 'student' }>, rules: OfferRules): string | undefined {
  const checks = [
    personSchema.safeParse(element.person),
    studySchema.safeParse(element.study),
    coursesSchema.safeParse(element.courses),
  ];
  const issues = checks.flatMap((check) => check.error?.issues ?? []);
  if (issues.length > 0) return issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  if (personKey(rules.per, element.person) === undefined) return 'individual: is absent';
  return undefined;
}

function offerOf(element: PageElement, rules: OfferRules): Offer | { nameless: string } {
  if (element.kind === 'error') {
    const hash = hashOf(['error', element.text]);
    const { code, text } = element;
    if (usable(code)) return { kind: 'error', code, hash, text, codeFound: true };
    // Journaled all the same, under a name that no student has: 1C has hidden the student and will not say it again.
    return { kind: 'error', code: `?${hash.slice(0, 12)}`, hash, text, codeFound: false };
  }
  if (!usable(element.code)) {
    return { nameless: element.kind === 'broken' ? element.where : 'code: cannot be used in SetCronflag' };
  }
  const { code } = element;
  if (element.kind === 'broken') {
    const { where, characters } = element;
    return { kind: 'contract', code, hash: hashOf(['broken', where]), where, ...(characters && { characters }) };
  }
  const tidy = { ...element, courses: asSet(element.courses) };
  const complaint = complaintOf(tidy, rules);
  if (complaint !== undefined)
    return { kind: 'contract', code, hash: hashOf(['contract', contentOf(tidy)]), where: complaint };
  const { person, study, courses, bindingSequence } = tidy;
  return {
    kind: 'student',
    code,
    hash: hashOf(contentOf(tidy)),
    person,
    study,
    courses,
    ...(bindingSequence !== undefined && { bindingSequence }),
  };
}

/** Folds a page into one offer per code. A code with two contents can only be a fault of the source: `contract`. */
export function foldPage(
  page: readonly PageElement[],
  rules: OfferRules,
  /** Offers of elements that were in the last page as well, for the same rules. */
  known: WeakMap<PageElement, ReturnType<typeof offerOf>> = new WeakMap(),
): Offers {
  const byCode = new Map<string, Offer[]>();
  const nameless: Nameless[] = [];
  for (const [index, element] of page.entries()) {
    const offer = known.get(element) ?? offerOf(element, rules);
    known.set(element, offer);
    if ('nameless' in offer) {
      nameless.push({ place: index + 1, where: offer.nameless });
      continue;
    }
    const others = byCode.get(offer.code);
    if (others === undefined) byCode.set(offer.code, [offer]);
    else if (others.every(({ hash }) => hash !== offer.hash)) others.push(offer);
  }
  return {
    offers: [...byCode.values()].map((offers) => (offers.length === 1 ? offers[0]! : severalContents(offers))),
    nameless,
  };
}

/** In place of an offer with a value that the database cannot hold: what was offered is not kept. */
export const unstorableOffer = ({ code, hash }: Offer): Offer => ({
  kind: 'contract',
  code,
  hash,
  where: 'the database cannot hold a value of it',
});

const severalContents = (offers: Offer[]): Offer => ({
  kind: 'contract',
  code: offers[0]!.code,
  // The order in which 1C lists them does not make another content.
  hash: hashOf(['two', ...offers.map(({ hash }) => hash).sort()]),
  where: 'GetStudents lists the student twice, each time with another content',
});
