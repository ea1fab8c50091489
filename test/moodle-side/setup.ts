import { workQueue } from '#messaging';
import { whatShouldStand, whatStands } from '../harness/compare.js';
import { shortenLadder } from '../harness/ladder.js';
import {
  runUniversity,
  type RunningSystem,
  type RunningUniversity,
  type UniversityOptions,
} from '../harness/running-university.js';
import { until } from '../harness/until.js';
import { BrokerView } from './broker-view.js';
import { pausesOf, whatOneCHeard, type Heard, type StandingPause } from './what-1c-heard.js';

/** Milliseconds of every step of the ladder, unless said otherwise. */
const usualStep = 200;

/** A running university whose Moodles bear the names of what goes wrong with them. */
export class Setup<Name extends string> {
  private constructor(
    private readonly names: readonly Name[],
    readonly university: RunningUniversity,
    readonly view: BrokerView,
    private readonly lengthenLadder: () => Promise<void>,
  ) {}

  static async open<Name extends string>(
    names: readonly Name[],
    options: Omit<UniversityOptions, 'systems'>,
    ladderMs = usualStep,
  ): Promise<Setup<Name>> {
    const university = await runUniversity({ ...options, systems: names.length });
    const tag = university.systems[0]!.id.split('-')[1]!;
    const lengthenLadder = await shortenLadder(process.env.ITK_TEST_RABBIT_API!, ladderMs, `${tag}\\.retry\\.`);
    return new Setup(names, university, await BrokerView.open(university.systems), lengthenLadder);
  }

  async close(): Promise<void> {
    await this.lengthenLadder();
    await this.view.close();
    await this.university.stop();
  }

  system(name: Name): RunningSystem {
    return this.university.systems[this.names.indexOf(name)]!;
  }

  async heardIn(name: Name): Promise<Map<string, Heard>> {
    return (await whatOneCHeard(this.university)).get(this.system(name).els)!;
  }

  /** Waits until 1C has a live word of so many students. */
  async untilHeard(name: Name, students: number, ms: number): Promise<Map<string, Heard>> {
    let heard = new Map<string, Heard>();
    const enough = async () => (heard = await this.heardIn(name)).size >= students;
    await until(`1C has heard of ${students} students of ${name}`, enough, ms).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; it has heard of ${heard.size}`);
    });
    return heard;
  }

  shouldStand(name: Name): Map<string, unknown> {
    return whatShouldStand(this.university.onec.expected(this.system(name).els));
  }

  stands(name: Name): Map<string, unknown> {
    return whatStands(this.system(name).moodle);
  }

  async pausesIn(name: Name): Promise<StandingPause[]> {
    return (await pausesOf(this.university)).filter(({ system }) => system === this.system(name).id);
  }

  /** Messages of the two services of Moodle's side that ended so: `retry` counts every step of x-attempt. */
  async outcomes(name: Name, outcome: 'done' | 'superseded' | 'retry' | 'dead' | 'handBack'): Promise<number> {
    let sum = 0;
    for (const service of ['user-provisioner', 'course-enroller'] as const) {
      const labels = { queue: workQueue(service, this.system(name).id), outcome };
      sum += await this.university.services[service].metric('itk_messages_total', labels);
    }
    return sum;
  }
}
