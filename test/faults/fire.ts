import { expect } from '@jest/globals';
import { connect } from 'amqplib';
import { generateUniversity } from '../../sandbox/onec/university/generate.js';
import { deadQueue, kindOfDeath, workQueue } from '../../libs/messaging/index.js';
import { consumerNames } from '../../libs/contracts/routing.js';
import { startPostgres, startRabbit } from '../../tools/start/instances.mjs';
import { whatStands } from '../harness/compare.js';
import { runUniversity, serviceNames, type RunningUniversity } from '../harness/running-university.js';
import { until } from '../harness/until.js';
import { wreak } from './chaos.js';
import { sowMoodle, sowNames, type Sown } from './sown.js';

export interface Fire {
  students: number;
  seed: number;
  deeds: number;
  /** Seconds after the last deed within which all must be done. */
  patience: number;
}

/** The ladder of this broker in milliseconds: a run of minutes cannot wait for hours. */
const ladderMs = 300;

/**
 * A university on two systems with failures of every kind sown in, synchronised while processes, servers and
 * connections die. Then everything is compared with the independent calculation.
 */
export async function underFire({ students, seed, deeds, patience }: Fire): Promise<void> {
  const say = (text: string) => process.stderr.write(`under fire: ${text}\n`);
  const [rabbit, postgres] = await Promise.all([startRabbit(), startPostgres()]);
  let running: RunningUniversity | undefined;
  try {
    await shortenLadder(rabbit.api);
    const courses = 40;
    const university = generateUniversity({
      students,
      seed,
      systems: ['LMS1', 'LMS2'],
      courses,
      faulty: 0.03,
      today: new Date(),
    });
    const badNames = sowNames(university, seed, Math.ceil(students / 100));
    running = await runUniversity({
      university,
      courses,
      systems: 2,
      databaseUrl: postgres.url,
      amqpUrl: rabbit.url,
      throughProxy: true,
    });
    const sown = running.systems.map((_, index) =>
      sowMoodle(running!, index, badNames, { held: Math.ceil(students / 100), courses: 1 }, seed),
    );
    await running.start();
    const replicas = serviceNames.filter((name) => name !== 'onec-component').map((name) => running!.replica(name));
    await Promise.all(replicas.map((replica) => replica.start()));
    const processes = [...Object.values(running.services), ...replicas];
    await wreak({ university: running, rabbit, postgres, processes, seed }, deeds, say);

    running.onec.reset();
    for (const { moodle } of running.systems) moodle.mend();
    say('all deeds are done and undone');
    await untilAllAreReported(running, sown, patience * 1000, say);
    for (const [index, { moodle }] of running.systems.entries()) {
      expect(withoutStaff(whatStands(moodle))).toEqual(sown[index]!.stands);
      expect(moodle.state.users.duplicateIdnumbers()).toEqual([]);
    }
    await expectRightFlags(running, sown);
    await expectRightNames(running, rabbit.url, sown);
  } finally {
    await running?.stop();
    await Promise.all([rabbit.stop(), postgres.stop()]);
  }
}

const withoutStaff = (stands: Map<string, unknown>): Map<string, unknown> =>
  new Map([...stands].filter(([code]) => !code.startsWith('staff-')));

const everyone = (sown: Sown): number =>
  sown.stands.size + [...sown.failures.values()].filter((kind) => kind === 'student').length + sown.flaggedBy1C.size;

interface RegisterRow {
  system: string;
  student: string;
  error: boolean;
}

/** Live rows of the Synchronization register, by name of the system. */
async function liveRows(running: RunningUniversity): Promise<RegisterRow[]> {
  const { rows } = await running.database.query<RegisterRow>(
    `select systems.name as system, student, bool_or(error) as error
       from onec_component.synchronization join onec_component.systems on systems.code = synchronization.system
      where period >= (now() at time zone 'Europe/Moscow') group by systems.name, student`,
  );
  return rows;
}

async function untilAllAreReported(
  running: RunningUniversity,
  sown: Sown[],
  ms: number,
  say: (text: string) => void,
): Promise<void> {
  const wanted = sown.reduce((sum, each) => sum + everyone(each), 0);
  let last = -1;
  await until(
    `1C hides all ${wanted} students`,
    async () => {
      const count = (await liveRows(running).catch(() => [])).length;
      if (count !== last) say(`${count} of ${wanted} reported`);
      last = count;
      return count >= wanted;
    },
    ms,
  );
}

/** An Error row stands for exactly those whom 1C found faulty and whose own data no Moodle takes. */
async function expectRightFlags(running: RunningUniversity, sown: Sown[]): Promise<void> {
  const rows = await liveRows(running);
  for (const [index, { els }] of running.systems.entries()) {
    const { failures, flaggedBy1C } = sown[index]!;
    const flagged = rows.filter((row) => row.system === els && row.error).map((row) => row.student);
    const wanted = [...flaggedBy1C, ...[...failures].filter(([, kind]) => kind === 'student').map(([code]) => code)];
    expect(flagged.sort()).toEqual(wanted.sort());
  }
}

/** Every sown failure, and nothing else, lies in a dead-letter queue under its right name. */
async function expectRightNames(running: RunningUniversity, url: string, sown: Sown[]): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  for (const [index, { id }] of running.systems.entries()) {
    const named = new Map<string, Set<string>>();
    for (const service of consumerNames) {
      for (;;) {
        const letter = await channel.get(deadQueue(workQueue(service, id)));
        if (!letter) break;
        channel.ack(letter);
        const { subject } = JSON.parse(letter.content.toString()) as { subject: string };
        named.set(subject, (named.get(subject) ?? new Set()).add(kindOfDeath(letter.properties.headers)));
      }
    }
    const wanted = new Map([...sown[index]!.failures].map(([code, kind]) => [code, new Set([kind])]));
    expect(sorted(named)).toEqual(sorted(wanted));
  }
  await connection.close();
}

const sorted = (map: Map<string, Set<string>>): [string, string[]][] =>
  [...map].map(([code, kinds]): [string, string[]] => [code, [...kinds].sort()]).sort(([a], [b]) => (a < b ? -1 : 1));

async function shortenLadder(api: string): Promise<void> {
  const address = new URL('/api/policies/%2F/short-ladder', api);
  const authorization = `Basic ${Buffer.from(`${address.username}:${address.password}`).toString('base64')}`;
  address.username = address.password = '';
  const answer = await fetch(address, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ pattern: '\\.retry\\.', definition: { 'message-ttl': ladderMs }, 'apply-to': 'queues' }),
  });
  if (!answer.ok) throw new Error(`the broker refused the policy: ${answer.status}`);
}
