import { but, complaints, load, removeFolders } from '../../testing/loading.js';

afterEach(removeFolders);

const ims = { folder: 'drop', zone: 'Europe/Moscow' };
const imsFile = { url: 'https://lms.example.edu/', file: 'out/ims.xml', zone: 'Europe/Moscow' };
type System = Parameters<Parameters<typeof but>[0]>[0];
const byFile = (change: (system: System) => void = () => undefined) =>
  but((system) => {
    delete system.moodle;
    system.imsFile = { ...imsFile };
    change(system);
  });

test('files may feed a system in the place of 1C, or beside it', () => {
  const alone = load(
    but((system) => {
      delete system.synchronizer;
      system.ims = ims;
    }),
  );
  expect(alone.systems[0]).toMatchObject({ ims: { content: 'delta' } });
  expect(alone.systems[0]!.synchronizer).toBeUndefined();
  expect(load(but((system) => (system.ims = ims))).systems[0]!.synchronizer).toBeDefined();
});

test('a Moodle takes a file in the place of calls', () => {
  expect(load(byFile()).systems[0]).toMatchObject({
    imsFile: { url: 'https://lms.example.edu', file: expect.stringMatching(/^\/.*\/out\/ims\.xml$/) },
  });
});

test.each<[string, string, [string, RegExp]]>([
  [
    'nobody who tells',
    but((system) => delete system.synchronizer),
    ['systems[0].synchronizer', /neither synchronizer/],
  ],
  ['nowhere to write', but((system) => delete system.moodle), ['systems[0].moodle', /neither is imsFile/]],
  ['two ways to write', but((system) => (system.imsFile = imsFile)), ['systems[0].imsFile', /both moodle and imsFile/]],
  ['files in and a file out', byFile((system) => (system.ims = ims)), ['systems[0].ims', /can read that export/]],
  [
    'cohorts in a file',
    byFile((system) => (system.enrolment = { grouping: 'cohort' })),
    ['systems[0].enrolment.grouping', /no cohorts/],
  ],
  [
    'courses made by a file',
    byFile((system) => (system.enrolment = { newCourseCategory: 2 })),
    ['systems[0].enrolment.newCourseCategory', /makes no courses/],
  ],
  [
    'a role that the file does not know',
    byFile((system) => (system.enrolment = { role: 'teacher' })),
    ['systems[0].enrolment.role', /will not do/],
  ],
])('%s is refused by name', (_, content, [key, what]) => {
  expect(complaints(content).problems).toEqual([
    expect.objectContaining({ key, what: expect.objectContaining({ en: expect.stringMatching(what) }) }),
  ]);
});
