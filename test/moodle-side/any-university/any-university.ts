import { setTimeout as rest } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { eventTypes } from '#contracts';
import { ladder, retryQueue, workQueue } from '#messaging';
import { consumerNames } from '../../../libs/contracts/routing.js';
import type { FaultKind } from '../../../sandbox/moodle/switches/faults.js';
import type { MoodleVersion } from '../../../sandbox/moodle/switches/switches.js';
import { generateUniversity } from '../../../sandbox/onec/university/generate.js';
import { Random } from '../../../sandbox/onec/university/random.js';
import { continues } from '../../../sandbox/onec/university/university.js';
import { serviceNames, type ServiceName } from '../../harness/running-university.js';
import { until } from '../../harness/until.js';
import { autopsy } from './autopsy.js';
import { broken, everBound, History, type Settings } from './laws.js';
import { Setup } from '../setup.js';

export interface Trial {
  seed: number;
  students: number;
  systems: number;
  turns: number;
  /** Seconds after the last play within which all must be quiet and true. */
  patience: number;
}

/** Milliseconds after which nothing comes by itself any more: mirror, bindings and poll come round within. */
const quietEnough = 30_000;
const courses = 30;
const faults: FaultKind[] = [
  'reset',
  'lostAnswer',
  'gatewayTimeout',
  'http500',
  'http502',
  'html',
  'empty',
  'deadlock',
];
const work = ['core_user_create_users', 'core_user_update_users', 'enrol_manual_enrol_users'];
const more = ['core_user_get_users_by_field', 'core_enrol_get_enrolled_users', 'core_group_add_group_members'];

/**
 * A university by chance, whose students, bindings and Moodles change while old events come again, answers are lost and
 * services die. When all is quiet, every Moodle is held against the independent calculation.
 */
export async function anyUniversity(trial: Trial): Promise<void> {
  const random = new Random(trial.seed);
  const names = Array.from({ length: trial.systems }, (_, index) => `LMS${index + 1}`);
  const { seed, students } = trial;
  const university = generateUniversity({ students, seed, systems: names, courses, faulty: 0.03, today: new Date() });
  const settings = names.map((): Settings => ({
    per: random.chance(0.3) ? 'individual' : 'student',
    removal: random.pick(['keep', 'suspend']),
    grouping: random.pick(['none', 'group', 'cohort']),
  }));
  const setup = await Setup.open(names, {
    university,
    courses,
    system: (usual, index) => {
      const { per, removal, grouping } = settings[index]!;
      return {
        ...usual,
        window: random.pick([20, 100, 500]),
        moodle: { ...usual.moodle, maxInputVars: random.pick([500, 1000, 5000]), concurrency: random.pick([1, 2, 4]) },
        accounts: { per, ...random.pick([{}, { auth: 'oauth2', password: 'none' }]) },
        enrolment: { removal, grouping },
      };
    },
  });
  for (const name of names)
    setup.system(name).moodle.switches.version = random.pick<MoodleVersion>(['4.1', '4.5', '5.2']);
  const say = (text: string) => process.stderr.write(`any university ${seed}: ${text}\n`);
  say(settings.map(({ per, removal, grouping }) => `${per}/${removal}/${grouping}`).join(', '));
  try {
    const histories = new Map(names.map((name) => [name, new History()]));
    const remember = () => {
      for (const [name, history] of histories) {
        const expected = setup.university.onec.expected(name);
        history.add(expected);
        history.addThoseWhoLeft(expected, everBound(university, name));
      }
    };
    remember();
    await setup.university.start();
    const done = new Map<string, number>();
    for (let number = 0; number < trial.turns; number++) {
      const [name, play] = pick(turns(setup, histories, random), random);
      done.set(name, (done.get(name) ?? 0) + 1);
      await play();
      remember();
      await rest(random.next() * 400);
    }
    say([...done].map(([name, times]) => `${times} × ${name}`).join(', '));
    for (const name of names) setup.system(name).moodle.switches.faults = [];
    await untilTrue(setup, names, settings, histories, trial.patience * 1000);
  } finally {
    await setup.close();
  }
}

type Turn = [name: string, weight: number, play: () => unknown];

const pick = (all: Turn[], random: Random): [string, () => unknown] => {
  let left = random.next() * all.reduce((sum, [, weight]) => sum + weight, 0);
  const [name, , play] = all.find(([, weight]) => (left -= weight) < 0) ?? all[0]!;
  return [name, play];
};

function turns(setup: Setup<string>, histories: ReadonlyMap<string, History>, random: Random): Turn[] {
  const { onec, services } = setup.university;
  const { university, changes } = onec;
  const someone = () => random.pick(university.students).code;
  const ofSystem = () => random.pick([...histories.keys()]);
  const studies = (code: string) => university.statuses.filter(({ student }) => student === code).at(-1)?.status;
  return [
    ['rename', 4, () => changes.rename(someone(), { lastname: `Переименов${random.whole(1, 999)}`, firstname: 'Имя' })],
    [
      'move',
      6,
      () => {
        const code = someone();
        const group = random.pick(university.groups).code;
        if (studies(code) === continues) changes.moveToGroup(code, group, random.whole(1, 8));
      },
    ],
    ['expel', 2, () => changes.expel(someone())],
    ['restore', 2, () => changes.restore(someone())],
    ['admit', 2, () => changes.admit(random.whole(1, 10), random.pick(university.groups).code, random.whole(1, 8))],
    [
      'bind',
      4,
      () => {
        const { code: curriculum, lines } = random.pick(university.curricula);
        const { semester, discipline, disciplineKind } = random.pick(lines);
        const courseId = random.chance(0.2) ? 0 : random.whole(2, courses + 1);
        changes.bind({ system: ofSystem(), curriculum, semester, discipline, disciplineKind, courseId });
      },
    ],
    ['event again', 12, () => again(setup, ofSystem(), random)],
    [
      'fault',
      8,
      () => {
        const { switches } = setup.system(ofSystem()).moodle;
        const functions = [random.pick(random.chance(0.7) ? work : more)];
        switches.faults.push({ kind: random.pick(faults), functions, times: random.whole(1, 3) });
      },
    ],
    ['teacher enrols', 3, () => byHand(setup, ofSystem(), histories, random)],
    [
      'a service dies',
      2,
      async () => {
        const victim = services[random.pick<ServiceName>(serviceNames.filter((name) => name !== 'onec-component'))];
        await victim.kill();
        await victim.start();
      },
    ],
  ];
}

/** Up to twenty events of the journal, new and old, in any order. */
function again(setup: Setup<string>, name: string, random: Random): void {
  const { id } = setup.system(name);
  const all = Object.values(eventTypes)
    .filter((type) => !/failed|reported/.test(type))
    .flatMap((type) => setup.view.eventsOf(id, type));
  for (let left = random.whole(1, 20); left > 0 && all.length > 0; left--) setup.view.publish(random.pick(all));
}

/** Somebody of whom 1C has heard, into a course that was never bound for them. */
function byHand(setup: Setup<string>, name: string, histories: ReadonlyMap<string, History>, random: Random): void {
  const history = histories.get(name)!;
  const { state } = setup.system(name).moodle;
  const reported = setup.view.eventsOf(setup.system(name).id, eventTypes.StudentReported);
  const settled = reported.filter(({ data }) => data.told === 'synchronized');
  if (settled.length === 0) return;
  const code = random.pick(settled).subject;
  const [user] = [code, history.individuals.get(code)!].flatMap((key) => state.users.withIdnumber(key));
  const course = random.whole(2, courses + 1);
  const codes = [...history.individuals].filter(([, one]) => one === history.individuals.get(code));
  if (!user || codes.some(([one]) => history.courses.get(one)?.has(course))) return;
  if (state.enrolments.get(course, user.id)) return;
  state.enrolments.enrol(course, user.id, 5, { timestart: 0, timeend: 0, suspended: false });
  history.byHand.add(`${user.idnumber} ${course}`);
}

async function untilTrue(
  setup: Setup<string>,
  names: readonly string[],
  settings: readonly Settings[],
  histories: ReadonlyMap<string, History>,
  ms: number,
): Promise<void> {
  const complaints = () =>
    names.flatMap((name, index) => {
      const expected = setup.university.onec.expected(name);
      const found = broken(setup.system(name).moodle, expected, histories.get(name)!, settings[index]!);
      return found.map((each) => `${name}: ${each}`);
    });
  let found: string[] = [];
  let quietSince: number | undefined;
  await until(
    'all is quiet and true',
    async () => {
      replayWhatDied(setup, names);
      await releaseWhatIsHeld(setup);
      found = complaints();
      quietSince = (await isQuiet(setup)) ? (quietSince ?? Date.now()) : undefined;
      if (quietSince === undefined) return false;
      if (found.length === 0) return complaints().length === 0;
      if (Date.now() - quietSince > quietEnough) throw new Error('all is quiet, and not true');
      return false;
    },
    ms,
  ).catch(async (error: unknown) => {
    const [, name, code] = /^(\S+): .*?(\d{9})/.exec(found[0] ?? '') ?? [];
    const about = name && code ? await autopsy(setup, name, code).catch(String) : '';
    const text = `${found.slice(0, 20).join('\n')}\n(${found.length} in all)\n${about}`;
    throw new Error(`${(error as Error).message}:\n${text}`);
  });
}

/** Faults may outlast the ladder; what died of them is replayed, as an operator would. Nothing else may have died. */
function replayWhatDied(setup: Setup<string>, names: readonly string[]): void {
  for (const name of names)
    for (const letter of setup.view.lettersOf(setup.system(name).id).splice(0)) {
      expect({ kind: letter.kind, letter }).toEqual({ kind: 'temporary', letter });
      setup.view.replay(letter);
    }
}

/** Students go in numbers here that the brake on removals holds back. */
async function releaseWhatIsHeld(setup: Setup<string>): Promise<void> {
  await setup.university.database.query(
    `insert into operations.errand (id, service, system, what, "by", asked_at)
     select gen_random_uuid(), 'course-enroller', system, 'release-removals', 'operator', now()
     from course_enroller.removals_held h where decision is null and not exists (
       select from operations.errand e
       where e.system = h.system and e.what = 'release-removals' and e.finished_at is null)
     group by system`,
  );
}

async function isQuiet(setup: Setup<string>): Promise<boolean> {
  const { rows } = await setup.university.database.query<{ places: string }>(
    'select count(*) as places from onec_poller.students where in_flight_since is not null',
  );
  if (Number(rows[0]!.places) > 0) return false;
  for (const { id } of setup.university.systems)
    for (const service of consumerNames) {
      const queue = workQueue(service, id);
      for (const each of [queue, ...ladder.map(({ name }) => retryQueue(queue, name))])
        if ((await setup.view.waiting(each)) > 0) return false;
    }
  return true;
}
