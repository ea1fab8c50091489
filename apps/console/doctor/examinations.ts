import type { DataSource } from 'typeorm';
import { both, type Finding } from '#contracts';
import type { SectionLook } from '#odata';
import { hasMoodle, isFedBy1C, log, type Configuration, type SystemConfiguration } from '#platform';
import { examineOneCOf } from '#synchronizer';
import { ExaminationRow } from '../ledger/entities/examinations.js';
import type { AskingBroker } from '../queues/asking-broker.js';
import { examineDoor } from './door.js';
import { examineGround } from './ground.js';
import { examineMoodleWithKnown } from './examine.js';
import { examineUniversity } from './university.js';

type Parts = ExaminationRow['parts'];

/** So long a process that says nothing may still be at it. */
const longest = `interval '10 minutes'`;

/** In whose name the hourly rounds go: they ask 1C for nothing large. */
export const roundsBy = 'console';

/** What all systems stand on. */
export const ground = '';
/** No system's id: the mapping of OData, looked at as a whole when a person asks for it. */
export const mapping = ':mapping';

/** The doctor's looks, kept: what was found last stands until the next has ended. */
export class Examinations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly broker: Pick<AskingBroker, 'ask'>,
    private readonly systems: readonly SystemConfiguration[],
    private readonly configuration: Pick<Configuration, 'console' | 'onecComponent'>,
  ) {}

  list(systems: readonly string[]): Promise<ExaminationRow[]> {
    return this.dataSource
      .getRepository(ExaminationRow)
      .createQueryBuilder('e')
      .where('e.system = any(:systems)', { systems: [...systems] })
      .orderBy('e.system')
      .getMany();
  }

  /** Unless somebody is at it. The promise resolves when it has begun; `ended` when it is over, and never rejects. */
  async begin(system: string, by: string): Promise<{ begun: boolean; ended: Promise<void> }> {
    const rows = (await this.dataSource.query(
      `insert into console.examinations as e (system, "by", begun_at, parts) values ($1, $2, now(), '[]')
       on conflict (system) do update set "by" = excluded."by", begun_at = now(), ended_at = null
         where e.ended_at is not null or e.begun_at < now() - ${longest}
       returning system`,
      [system, by],
    )) as unknown[];
    if (rows.length === 0) return { begun: false, ended: Promise.resolve() };
    const ended = this.examine(system, by)
      .then((parts) => this.end(system, parts))
      .catch((error: unknown) => log('Doctor').error('an examination could not be kept', { system, error }));
    return { begun: true, ended };
  }

  private async examine(id: string, by: string): Promise<Parts> {
    if (id === ground) {
      const systems = this.systems.map((system) => system.id);
      const open = () => this.broker.ask((broker) => Promise.resolve(broker));
      const [findings, door, university] = await Promise.all([
        unlessBroken(() => examineGround(this.dataSource, open, systems)),
        unlessBroken(() => examineDoor(this.configuration)),
        unlessBroken(async () => (await examineUniversity(this.configuration, by !== roundsBy)).findings),
      ]);
      return [{ part: 'ground', findings: [...findings, ...door, ...university] }];
    }
    if (id === mapping) {
      let sections: SectionLook[] = [];
      const findings = await unlessBroken(async () => {
        const examined = await examineUniversity(this.configuration, true);
        sections = examined.sections;
        return examined.findings;
      });
      return [{ part: 'mapping', findings, sections }];
    }
    const system = this.systems.find((one) => one.id === id)!;
    const [moodle, onec] = await Promise.all([
      hasMoodle(system) ? unlessBroken(() => examineMoodleWithKnown(system, this.dataSource, by)) : undefined,
      isFedBy1C(system) ? unlessBroken(() => examineOneCOf(system, this.dataSource, {})) : undefined,
    ]);
    return [
      ...(moodle ? [{ part: 'moodle' as const, findings: moodle }] : []),
      ...(onec ? [{ part: 'onec' as const, findings: onec }] : []),
    ];
  }

  private async end(system: string, parts: Parts): Promise<void> {
    await this.dataSource.query('update console.examinations set ended_at = now(), parts = $2 where system = $1', [
      system,
      JSON.stringify(parts),
    ]);
  }
}

/** An examination that fails itself is a finding, too. */
async function unlessBroken(examine: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await examine();
  } catch (error) {
    log('Doctor').error('an examination failed', { error });
    return [
      {
        check: 'examination',
        severity: 'error',
        what: both('Осмотр не удался', 'The examination failed'),
        mend: both('Причина в журнале службы console', "The cause stands in the console's log"),
      },
    ];
  }
}
