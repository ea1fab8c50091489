import { setTimeout as rest } from 'node:timers/promises';
import { Random } from '../../sandbox/onec/university/random.js';
import type { Disposable, DisposableRabbit } from '../../tools/start/instances.mjs';
import type { RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';

export interface Chaos {
  university: RunningUniversity;
  rabbit: DisposableRabbit;
  postgres: Disposable;
  /** Every process of every service, replicas among them. */
  processes: ServiceProcess[];
  seed: number;
}

type Deed = [name: string, weight: number, work: () => Promise<void>];

/** Ways to hurt the running system, each undone before the next. */
function deeds({ university, rabbit, postgres, processes }: Chaos, random: Random): Deed[] {
  const someone = <T>(all: readonly T[]): T => all[Math.floor(random.next() * all.length)]!;
  const moodle = () => someone(university.systems).moodle;
  const { switches } = university.onec;
  return [
    [
      'kill a service',
      6,
      async () => {
        const victim = someone(processes);
        await victim.kill();
        await victim.start();
      },
    ],
    [
      'end a service in order',
      2,
      async () => {
        const victim = someone(processes);
        await victim.stop();
        await victim.start();
      },
    ],
    ['cut the connections to the database', 1, () => cutDatabaseConnections(university)],
    ['restart the broker', 1, () => rabbit.restart()],
    [
      'kill the broker',
      1,
      async () => {
        rabbit.kill('SIGKILL');
        await rabbit.start();
      },
    ],
    [
      'kill the database',
      1,
      async () => {
        postgres.kill('SIGKILL');
        await postgres.start();
      },
    ],
    [
      'Moodle away',
      2,
      async () => {
        const one = moodle();
        await one.goAway();
        await rest(500 + random.next() * 1500);
        await one.comeBack();
      },
    ],
    [
      'Moodle slow and losing answers',
      3,
      async () => {
        const one = moodle();
        one.switches.latencyMs = 100;
        one.switches.faults = [
          { kind: 'lostAnswer', functions: ['core_user_create_users', 'enrol_manual_enrol_users'], times: 3 },
          { kind: 'deadlock', functions: ['enrol_manual_enrol_users'], times: 2 },
          { kind: 'http500', functions: ['core_user_create_users'], times: 1 },
        ];
        await rest(1000);
        one.switches.latencyMs = 0;
        one.switches.faults = [];
      },
    ],
    [
      '1C locked',
      2,
      async () => {
        switches.locked = { form: someone(['json', 'xml', 'html'] as const), bom: true, status: 403 };
        await rest(500 + random.next() * 1000);
        switches.locked = null;
      },
    ],
  ];
}

async function cutDatabaseConnections(university: RunningUniversity): Promise<void> {
  await university.database
    .query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    .catch(() => {});
}

/** Does `count` deeds, chosen by the seed. @returns their names, for whoever must repeat the run */
export async function wreak(chaos: Chaos, count: number, say: (text: string) => void): Promise<string[]> {
  const random = new Random(chaos.seed);
  const ways = deeds(chaos, random);
  const sum = ways.reduce((total, [, weight]) => total + weight, 0);
  const done: string[] = [];
  for (let number = 0; number < count; number++) {
    let left = random.next() * sum;
    const [name, , work] = ways.find(([, weight]) => (left -= weight) < 0) ?? ways[0]!;
    say(`${number + 1}/${count}: ${name}`);
    done.push(name);
    await work();
    await rest(200 + random.next() * 600);
  }
  return done;
}
