import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContractError, makeEvent, parseEvent, SynchronizationError, unstorableIn } from '#contracts';
import { NotXmlError, readAnswer, writeResponse } from '#synchronizer';
import { SnapshotFormError, SnapshotReader } from '../../apps/onec-component/mirror/snapshot-reader.js';
import { eventSchemas } from '../../libs/contracts/events.js';
import { wrongAccount } from './account-target.js';
import { complaintOf, imsRefusals, imsSamples, readIms } from './ims-target.js';
import { failureOf } from '../../libs/messaging/answering/failure-of.js';
import { readAnswer as readMoodleAnswer } from '../../libs/moodle/transport/answers/answer.js';
import { ConfigurationError, loadConfiguration } from '../../libs/platform/configuration/load.js';
import { defaultErrorCodePattern } from '../../libs/platform/configuration/schema.js';
import { onecStudentSchema } from '../../libs/synchronizer/answers/element.js';
import { readStudents } from '../../libs/synchronizer/answers/page.js';

/** Something that reads what comes from outside. */
export interface Target {
  name: string;
  samples: string[];
  /** Returns what was read, or throws one of `refusals`; a wrong success throws an Error that says so. */
  read(text: string): unknown;
  refusals: (abstract new (...args: never[]) => Error)[];
}

const student = {
  code: '000012345',
  lastname: 'Ёлкина',
  firstname: 'Анна',
  middlename: '',
  group: 'М3О-101Б-24',
  semester: 1,
  year: 2024,
  field: '01.03.02',
  profile: 'Математика & информатика',
  mode: 'Очная',
  site: 'Москва',
  curriculum: '000000321',
  courses: [17, 42],
};
const page = JSON.stringify([student, { error: 'Не найден учебный план. Код студента: 000012346' }]);
/** Pages that are no JSON for one record: as modules join them that escape nothing. */
const unescaped = ['Ёлк"ина', 'Ёлк\tина', 'Ёлк\nина', 'Ёлк\\ина', 'Ёлкина",'].map((lastname) =>
  page.replace('Ёлкина', lastname),
);
const namespace = 'http://itk.example.org/synchronizer';
const reading = {
  rename: {},
  errorCodePattern: defaultErrorCodePattern,
};

/** What stood in one record of other people's snapshots. */
const brokenRecords = [
  ...[{ lastname: 'Ёл\u0000кина' }, { lastname: 'Ёл\uD800кина' }, { middlename: null }, { lastname: 'Ё'.repeat(1001) }],
  ...['', null, '0001-01-01', '2024-09-01T00:00:00.000', '2024-09-01T00:00:00+03:00', '2024-02-30', 7].map(
    (period) => ({
      period,
    }),
  ),
];
const snapshot = (fields: object = {}): string =>
  JSON.stringify({
    students: [{ code: '000012345', individual: 'I1' }],
    statuses: [
      { student: '000012345', period: '2024-09-01T00:00:00', status: 'Continues Education', group: 'G', semester: '3' },
    ],
    names: [
      {
        individual: 'I1',
        period: '2024-09-01T00:00:00',
        lastname: 'Ёлкина',
        firstname: 'Анна',
        middlename: '',
        ...fields,
      },
    ],
    ...{ groups: [], curricula: [], disciplines: [], departments: [{ code: '1', name: 'Кафедра' }] },
    toolkit: { systems: [{ code: 'LMS', name: 'LMS', address: '' }], documents: [] },
  });
/** PostgreSQL would refuse it. */
const unkeepable = (value: unknown): boolean =>
  typeof value === 'string'
    ? unstorableIn(value) !== undefined || value.length > 1000
    : typeof value === 'number' && !(Number.isInteger(value) && Math.abs(value) < 2 ** 31);

const event = makeEvent(
  'itk.binding.changed.v1',
  { system: 'lms', curriculum: '000000321', semester: 3, courses: [5, 6], sequence: 7 },
  { service: 'onec-poller' },
);

const configuration = `
database: { url: postgres://db/itk }
broker: { url: amqp://mq }
systems:
  - id: lms
    els: LMS
    synchronizer: { url: https://1c.example.edu/univer/ws/ITK_Synchronizer.1cws, user: u, passwordFile: p, zone: Europe/Moscow }
    moodle: { url: https://lms.example.edu, tokenFile: t, roles: { student: 5 } }
    period: P1M
`;
const folder = mkdtempSync(join(tmpdir(), 'itk-fuzz-'));
export const cleanUp = (): void => rmSync(folder, { recursive: true, force: true });

const wrong = (what: string): never => {
  throw new RangeError(`wrong success: ${what}`);
};

/** Texts from outside that stop or mislead a system: what shows nothing, what is no text, what is no letter. */
const hostile = [
  ...[
    'Ива\u00ADнов',
    '\u200BПётр\u2060',
    '\u202Eваня',
    '\u3164',
    '\u2800\u00A0',
    '😀',
    'и\u0306',
    'Әхмәт',
    'И.',
    '\u0301',
  ],
  ...['Ива\u0000нов', '\uD83D', 'нов\uDE00', '\u0007', '\uFFFF'],
];

const holdsUnstorable = (value: unknown): boolean =>
  typeof value === 'string'
    ? unstorableIn(value) !== undefined
    : value !== null && typeof value === 'object' && Object.entries(value).some((entry) => entry.some(holdsUnstorable));

export const targets: Target[] = [
  {
    name: 'the names of an account',
    samples: ['Иванов|Пётр|Сергеевич', 'Ли|Ян|', '|Сукарно|', ...hostile.map((text) => `${text}|${text}|`)],
    refusals: [],
    read: (text) => {
      const [lastname = '', firstname = '', middlename = ''] = text.split('|');
      const fault = wrongAccount(lastname, firstname, middlename);
      return fault === undefined ? undefined : wrong(fault);
    },
  },
  {
    name: "1C's answer to GetStudents",
    samples: [
      writeResponse('GetStudents', page, namespace, '1.1'),
      writeResponse('GetStudents', page, namespace, '1.2'),
      ...hostile.map((lastname) =>
        writeResponse('GetStudents', JSON.stringify([{ ...student, lastname }]), namespace, '1.1'),
      ),
      ...unescaped.map((broken) => writeResponse('GetStudents', broken, namespace, '1.1')),
    ],
    refusals: [SynchronizationError, NotXmlError],
    read: (text) => {
      const answer = readAnswer(text, 'GetStudents');
      if (!('result' in answer)) return answer;
      const elements = readStudents(answer.result, reading as never);
      for (const element of elements)
        if (element.kind === 'student' && !onecStudentSchema.safeParse(element.student).success)
          wrong('a student that breaks its schema');
      if (holdsUnstorable(elements.map((element) => ('problems' in element ? null : element))))
        wrong('a text that cannot be stored');
      return elements;
    },
  },
  {
    name: 'a snapshot of 1C:University',
    samples: [snapshot(), ...brokenRecords.map((fields) => snapshot(fields))],
    refusals: [SnapshotFormError],
    read: (text) => {
      const reader = new SnapshotReader('Europe/Moscow');
      const records = reader.push(Buffer.from(text));
      for (const record of records)
        if ('value' in record && Object.values(record.value).some(unkeepable)) wrong('a record that cannot be kept');
      return [records, reader.end()];
    },
  },
  {
    name: 'an IMS Enterprise file',
    samples: imsSamples,
    refusals: imsRefusals,
    read: (text) => {
      const records = readIms(text);
      const complaint = complaintOf(text);
      if (complaint !== undefined) wrong(`a damaged file: ${complaint}`);
      if (holdsUnstorable(records)) wrong('a text that cannot be stored');
      return records;
    },
  },
  {
    name: "Moodle's answer",
    samples: [
      '[{"id":5,"username":"a"}]',
      'null',
      '{"exception":"core\\\\exception\\\\moodle_exception","errorcode":"invalidtoken","message":"Invalid token"}',
      '{"warnings":[{"item":"user","itemid":9,"warningcode":"invaliduserid","message":"x"}]}',
    ],
    refusals: [SynchronizationError],
    read: (text) => {
      const answer = readMoodleAnswer({ status: 200, body: text });
      if ('value' in answer && (answer.value as { exception?: unknown } | null)?.exception === 'x')
        wrong('an exception');
      if (holdsUnstorable(answer)) wrong('a text that cannot be stored');
      return answer;
    },
  },
  {
    name: 'an event',
    samples: [JSON.stringify(event)],
    refusals: [ContractError],
    read: (text) => {
      const read = parseEvent(Buffer.from(text));
      if (!eventSchemas[read.type].safeParse(read.data).success) wrong('an event that breaks its schema');
      return read;
    },
  },
  {
    name: 'a configuration',
    samples: [configuration],
    refusals: [ConfigurationError],
    read: (text) => {
      const file = join(folder, 'itk.yaml');
      writeFileSync(file, text);
      const loaded = loadConfiguration(file, {});
      if (loaded.systems.length === 0 || loaded.systems.some(({ id }) => !/^[a-z0-9-]{1,32}$/.test(id)))
        wrong('a system');
      return loaded;
    },
  },
];

/** Whatever is thrown has a meaning for the message in hand, too. */
export const hasMeaning = (error: unknown): boolean => typeof failureOf(error).kind === 'string';
