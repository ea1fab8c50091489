import { setTimeout as rest } from 'node:timers/promises';
import type { FaultRule } from '../../sandbox/moodle/switches/faults.js';
import { Random } from '../../sandbox/onec/university/random.js';
import type { Disposable, DisposableRabbit } from '../../tools/servers/disposable.mjs';
import type { RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';
import { takeAway } from './injected/settings.js';

export interface Chaos {
  university: RunningUniversity;
  rabbit: DisposableRabbit;
  postgres: Disposable;
  /** Every process of every service, replicas among them. */
  processes: ServiceProcess[];
  /** Calls that each Moodle refuses all the time, by place of the system. */
  rules: readonly FaultRule[][];
  seed: number;
}

interface Disruption {
  name: string;
  /** How often it is drawn once all have been done; 0: no more. */
  weight: number;
  /** Takes so long that a small run goes without. */
  long?: true;
  work: () => Promise<unknown>;
}

/** Ways to hurt the running system, each undone before the next. */
function disruptions({ university, rabbit, postgres, processes, rules }: Chaos, random: Random): Disruption[] {
  const someone = <T>(all: readonly T[]): T => random.pick(all);
  const moodle = () => someone(university.systems).moodle;
  const { switches } = university.onec;
  const killed = async (victim: ServiceProcess) => {
    await victim.kill();
    await victim.start();
  };
  const restarted = async (server: Pick<Disposable, 'kill' | 'start'>) => {
    server.kill('SIGKILL');
    await server.start();
  };
  return [
    ...killEveryService(processes, random, killed),
    { name: 'kill a service', weight: 6, work: () => killed(someone(processes)) },
    {
      name: 'end a service in order',
      weight: 2,
      work: async () => {
        const victim = someone(processes);
        await victim.stop();
        await victim.start();
      },
    },
    { name: 'cut the connections to the database', weight: 1, work: () => cutDatabaseConnections(university) },
    { name: 'restart the broker', weight: 1, long: true, work: () => rabbit.restart() },
    { name: 'kill the broker', weight: 1, work: () => restarted(rabbit) },
    { name: 'restart the database', weight: 1, work: () => postgres.restart() },
    { name: 'kill the database', weight: 1, work: () => restarted(postgres) },
    {
      name: 'Moodle away',
      weight: 2,
      work: async () => {
        const one = moodle();
        await one.goAway();
        await rest(500 + random.next() * 1500);
        await one.comeBack();
      },
    },
    {
      name: 'Moodle slow and losing answers',
      weight: 3,
      work: async () => {
        const { switches: ofMoodle } = moodle();
        const always = rules[university.systems.findIndex((one) => one.moodle.switches === ofMoodle)]!;
        ofMoodle.latencyMs = 100;
        ofMoodle.faults = [
          ...always,
          { kind: 'lostAnswer', functions: ['core_user_create_users', 'enrol_manual_enrol_users'], times: 3 },
          { kind: 'deadlock', functions: ['enrol_manual_enrol_users'], times: 2 },
          { kind: 'http500', functions: ['core_user_create_users'], times: 1 },
        ];
        await rest(1000);
        ofMoodle.latencyMs = 0;
        ofMoodle.faults = always;
      },
    },
    {
      name: '1C locked',
      weight: 2,
      work: async () => {
        switches.locked = { form: someone(['json', 'xml', 'html'] as const), bom: true, status: 403 };
        await rest(500 + random.next() * 1000);
        switches.locked = null;
      },
    },
    {
      name: 'a setting of Moodle spoilt',
      weight: 1,
      long: true,
      work: async () => {
        const { giveBack } = takeAway(moodle().switches, random);
        await rest(500 + random.next() * 1500);
        giveBack();
      },
    },
  ];
}

/** Every service with all its replicas, three services or so at a time: none takes over. */
function killEveryService(
  processes: readonly ServiceProcess[],
  random: Random,
  killed: (victim: ServiceProcess) => Promise<void>,
): Disruption[] {
  const names = inAnyOrder([...new Set(processes.map(({ name }) => name))], random);
  const together = 3;
  return Array.from({ length: Math.ceil(names.length / together) }, (_, index) => {
    const some = names.slice(index * together, (index + 1) * together);
    const victims = processes.filter(({ name }) => some.includes(name));
    return { name: `kill all of ${some.join(', ')}`, weight: 0, work: () => Promise.all(victims.map(killed)) };
  });
}

const inAnyOrder = <T>(all: readonly T[], random: Random): T[] => {
  const left = [...all];
  return all.map(() => left.splice(random.whole(0, left.length - 1), 1)[0]!);
};

async function cutDatabaseConnections(university: RunningUniversity): Promise<void> {
  await university.database
    .query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    .catch(() => {});
}

/** Does every disruption once, in an order chosen by the seed, and then so many `more` by chance; without more no long ones. */
export async function wreak(chaos: Chaos, more: number, say: (text: string) => void): Promise<void> {
  const random = new Random(chaos.seed);
  const ways = disruptions(chaos, random);
  const sum = ways.reduce((total, { weight }) => total + weight, 0);
  const drawn = (): Disruption => {
    let left = random.next() * sum;
    return ways.find(({ weight }) => (left -= weight) < 0) ?? ways.at(-1)!;
  };
  const first = more > 0 ? ways : ways.filter(({ long }) => !long);
  const all = [...inAnyOrder(first, random), ...Array.from({ length: more }, drawn)];
  for (const [index, { name, work }] of all.entries()) {
    say(`${index + 1}/${all.length}: ${name}`);
    await work();
    await rest(200 + random.next() * 600);
  }
}
