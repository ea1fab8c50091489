import fc from 'fast-check';
import { parseEvent } from '#contracts';
import { defaultErrorCodePattern } from '#platform';
import { readElement } from '#synchronizer';
import { foldPage, unstorableOffer, type Offer, type PageElement } from './offer.js';
import { eventOf } from './publication.js';
import { pageElement } from '../asking/source.js';

const rules = { per: 'student' as const };
const person = { lastname: 'Иванова', firstname: 'Анна', middlename: 'Петровна', kind: 'student' as const };
const study = {
  group: 'М-101',
  semester: 3,
  year: 2024,
  field: 'f',
  profile: 'p',
  mode: 'm',
  site: 's',
  curriculum: 'c',
};
const student = (code: string, courses: number[] = [1, 2], group = 'М-101'): PageElement => ({
  kind: 'student',
  code,
  person: { code, ...person },
  study: { ...study, group },
  courses: courses.map((id) => ({ id, role: 'student' })),
});
const one = (...page: PageElement[]): Offer => {
  const { offers } = foldPage(page, rules);
  expect(offers).toHaveLength(1);
  return offers[0]!;
};

it('folds duplicates; the order of courses and their repetition are no other content', () => {
  expect(one(student('1', [2, 1]), student('1', [1, 2, 2]))).toMatchObject({
    kind: 'student',
    courses: [
      { id: 1, role: 'student' },
      { id: 2, role: 'student' },
    ],
  });
});

it('any difference of content makes another hash, and a code with two contents is a broken contract', () => {
  const plain = one(student('1'));
  const others = [student('1', [1]), student('1', [1, 2], 'М-102'), student('2')];
  for (const other of others) expect(one(other).hash).not.toBe(plain.hash);
  const two = one(student('1'), student('1', [1]));
  expect(two.kind).toBe('contract');
  expect(one(student('1', [1]), student('1')).hash).toBe(two.hash);
  expect(one(student('1'), { kind: 'error', code: '1', text: 'x' }).kind).toBe('contract');
});

it('each field of person, study and courses is part of the content', () => {
  const plain = student('1') as Extract<PageElement, { kind: 'student' }>;
  const changed: PageElement[] = [
    ...(['individual', 'lastname', 'firstname', 'middlename'] as const).map((field) => ({
      ...plain,
      person: { ...plain.person, [field]: 'other' },
    })),
    ...(['group', 'field', 'profile', 'mode', 'site', 'curriculum'] as const).map((field) => ({
      ...plain,
      study: { ...plain.study, [field]: 'other' },
    })),
    { ...plain, study: { ...plain.study, semester: 4 } },
    { ...plain, study: { ...plain.study, year: 2025 } },
    { ...plain, courses: [{ id: 1, role: 'student' }] },
    { ...plain, courses: plain.courses.map((course) => ({ ...course, role: 'auditor' })) },
    { ...plain, courses: plain.courses.map(({ id, role }) => ({ idnumber: String(id), role })) },
    { ...plain, courses: plain.courses.map(({ id, role }) => ({ idnumber: `other ${id}`, role })) },
  ];
  const hashes = [plain, ...changed].map((element) => one(element).hash);
  expect(new Set(hashes).size).toBe(hashes.length);
  // What 1C had seen of bindings says nothing about the student.
  const later = one({ ...plain, bindingSequence: 7 });
  expect(later.hash).toBe(one(plain).hash);
  expect(later).toHaveProperty('bindingSequence', 7);
  expect(one(plain)).not.toHaveProperty('bindingSequence');
});

it('what cannot be used is told apart by what is wrong with it, and stays what it was from page to page', () => {
  const unusable = (semester: number) => {
    const good = student('1') as Extract<PageElement, { kind: 'student' }>;
    return { ...good, study: { ...good.study, semester } };
  };
  const pages: PageElement[][] = [
    [{ kind: 'error', code: '1', text: 'one' }],
    [{ kind: 'error', code: '1', text: 'another' }],
    [{ kind: 'broken', code: '1', where: 'one' }],
    [{ kind: 'broken', code: '1', where: 'another' }],
    [unusable(-1)],
    [unusable(-2)],
    [student('1', [1]), student('1', [2])],
    [student('1', [1]), student('1', [3])],
  ];
  const hashes = pages.map((page) => one(...page).hash);
  expect(new Set(hashes).size).toBe(pages.length);
  expect(pages.map((page) => one(...page).hash)).toEqual(hashes);
  expect(one(unusable(-1))).toMatchObject({ kind: 'contract', where: expect.stringMatching(/^semester: \S/) });
});

it('what the database cannot hold becomes a failure of that student without it', () => {
  const { code, hash } = one(student('1'));
  expect(unstorableOffer(one(student('1')))).toEqual({ kind: 'contract', code, hash, where: expect.any(String) });
});

it('keeps 1C’s order and one offer for each code, whatever the page', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 2 })), { maxLength: 40 }),
      (page) => {
        const { offers } = foldPage(
          page.map(([code, course]) => student(`00${code}`, [course])),
          rules,
        );
        expect(offers.map(({ code }) => code)).toEqual([...new Set(page.map(([code]) => `00${code}`))]);
        for (const offer of offers) {
          const contents = new Set(page.filter(([code]) => `00${code}` === offer.code).map(([, course]) => course));
          expect(offer.kind).toBe(contents.size > 1 ? 'contract' : 'student');
        }
      },
    ),
  );
});

it('of one code’s several contents the order does not matter, nor how often each is listed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }), fc.nat(), (courses, turn) => {
      const folded = (list: number[]) =>
        foldPage(
          list.map((course) => student('1', [course])),
          rules,
        ).offers[0]!.hash;
      const turned = [...courses.slice(turn % courses.length), ...courses.slice(0, turn % courses.length)];
      expect(folded(turned.reverse())).toBe(folded(courses));
      expect(folded([...courses, ...courses])).toBe(folded(courses));
    }),
  );
});

it('an element that cannot be used fails as a broken contract when it names the student, and is reported when not', () => {
  const { offers, nameless } = foldPage(
    [
      { kind: 'broken', code: '7', where: 'semester: must be a whole number' },
      { kind: 'broken', where: 'the element is not an object' },
      { kind: 'broken', code: 'a,b', where: 'code' },
      student('c,d'),
    ],
    rules,
  );
  expect(offers).toEqual([expect.objectContaining({ kind: 'contract', code: '7' })]);
  expect(nameless).toEqual([
    { place: 2, where: 'the element is not an object' },
    { place: 3, where: 'code' },
    { place: 4, where: expect.stringContaining('code') },
  ]);
  const lacking = foldPage([student('1')], { per: 'individual' }).offers[0]!;
  expect(lacking).toMatchObject({ kind: 'contract', where: 'individual: is absent' });
});

it('every offer becomes an event that keeps its contract', () => {
  const read = (raw: unknown) =>
    pageElement(
      readElement(raw, {
        rename: {},
        errorCodePattern: defaultErrorCodePattern,
      }),
      'student',
    );
  const page = [
    read({
      code: '000001',
      lastname: 'А',
      firstname: 'Б',
      middlename: '',
      group: 'г',
      semester: 1,
      year: 2025,
      field: '',
      profile: '',
      mode: '',
      site: '',
      curriculum: 'c',
      courses: [5, 5, 7],
    }),
    read({ error: 'Ошибка статуса. Код студента: 000002.' }),
    read({ error: 'Ошибка без кода' }),
    read({ code: '000003' }),
  ];
  const { offers } = foldPage(page, rules);
  const events = offers.map((offer) => eventOf('lms', { offer, revision: 12 }, { bindingSequence: 4 }));
  for (const event of events) expect(parseEvent(JSON.stringify(event))).toMatchObject({ data: { revision: 12 } });
  expect(events.map(({ type, subject, data }) => [type, subject, 'flaggedBy1C' in data && data.flaggedBy1C])).toEqual([
    ['itk.student.changed.v1', '000001', false],
    ['itk.synchronization.failed.v1', '000002', true],
    ['itk.synchronization.failed.v1', expect.stringMatching(/^\?[0-9a-f]{12}$/), true],
    ['itk.synchronization.failed.v1', '000003', false],
  ]);
  expect(events[0]!.data).toMatchObject({ bindingSequence: 4, origin: 'onec', state: 'active' });
  expect(events[1]!.data).toMatchObject({ kind: 'student', cause: 'found-by-1c' });
  expect(events[2]!.data).toMatchObject({ kind: 'student', cause: 'found-by-1c-code-unknown' });
  expect(events[2]!.data).toMatchObject({ reason: { en: expect.stringContaining('errorCodePattern') } });
  expect(events[1]!.data).not.toMatchObject({ reason: { en: expect.stringContaining('errorCodePattern') } });
  expect(events[3]!.data).toMatchObject({ kind: 'contract' });
});

it('text that cannot be stored is a failure of that student, named by field and kind of character', () => {
  const good = {
    ...{ lastname: 'Иванов', firstname: 'Пётр', middlename: '', group: 'г', semester: 1, year: 2025, field: 'f' },
    ...{ profile: 'p', mode: 'm', site: 's', curriculum: 'c', courses: [5] },
  };
  const eventsOf = (...page: object[]) => {
    const elements = page.map((raw) => readElement(raw, { rename: {}, errorCodePattern: defaultErrorCodePattern }));
    const { offers, nameless } = foldPage(
      elements.map((element) => pageElement(element, 'student')),
      rules,
    );
    return { nameless, events: offers.map((offer) => eventOf('lms', { offer, revision: 1 })) };
  };
  const { events, nameless } = eventsOf(
    { ...good, code: '1', lastname: 'Ива\u0000нов' },
    { ...good, code: '2', site: '\ud800', firstname: '\u0007' },
    { ...good, code: '3\u0000' },
    { error: 'Ива\u0000нов. Код студента: 4' },
    { ...good, code: '5' },
  );
  expect(nameless).toHaveLength(1);
  expect(events.map(({ data }) => data)).toMatchObject([
    {
      ...{ code: '1', kind: 'student', cause: 'text-unstorable', about: 'lastname', flaggedBy1C: false },
      reason: {
        ru: expect.stringContaining('lastname: нулевой символ (U+0000)'),
        en: expect.stringContaining('lastname: a NUL character (U+0000)'),
      },
    },
    { code: '2', kind: 'contract', cause: 'text-unstorable', about: 'firstname,site' },
    { code: '4', kind: 'student', cause: 'found-by-1c', flaggedBy1C: true },
    { person: { code: '5' } },
  ]);
  expect(JSON.stringify(events.slice(0, 2))).not.toMatch(/Ива|\\u0000|\\ud800/);
});
