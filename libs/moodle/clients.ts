import { Module } from '@nestjs/common';
import { both, failed, type Finding } from '#contracts';
import {
  CONFIGURATION,
  hasMoodle,
  log,
  PerSystem,
  readSecret,
  type Configuration,
  type MoodleSystem,
  type SystemConfiguration,
} from '#platform';
import { MoodleClient } from './client.js';
import { circumstancesOf, type Circumstances } from './doctor/circumstances.js';
import { examineMoodle } from './doctor/examine.js';
import type { MoodleClientOptions } from './transport/caller.js';

/** The clients of a service, one for each system that has web services: each keeps to the calls in flight that its site bears. */
export class MoodleClients extends PerSystem<MoodleClient, MoodleSystem> {
  constructor({ systems }: Pick<Configuration, 'systems'>) {
    super(systems.filter(hasMoodle), (system) => new MoodleClient({ ...optionsOf(system), log: log('Moodle') }));
  }
}

/** The doctor: a system's Moodle on the way that the services take, and what is known of it beside its settings. */
export const examineMoodleOf = (
  system: MoodleSystem,
  known: Pick<Circumstances, 'courseId' | 'witness' | 'expected'>,
): Promise<Finding[]> => examineMoodle(optionsOf(system), { ...circumstancesOf(system), ...known });

const optionsOf = ({ id, moodle }: Pick<MoodleSystem, 'id' | 'moodle'>): MoodleClientOptions => ({
  system: id,
  url: moodle.url,
  token: () => tokenOf(moodle.tokenFile),
  maxInputVars: moodle.maxInputVars,
  concurrency: moodle.concurrency,
});

/** Read at each call: a renewed token is seen without a restart. */
function tokenOf(file: string): string {
  try {
    return readSecret(file);
  } catch (error) {
    throw failed(
      'configuration',
      'moodle-token-file',
      both('Файл ключа веб-служб Moodle не читается', "The file of Moodle's web service token cannot be read"),
      {
        cure: both('Проверьте moodle.tokenFile и права на файл', 'Check moodle.tokenFile and its rights'),
        error,
      },
    );
  }
}

/** Offers {@link MoodleClients} to a service. Needs the platform's CONFIGURATION. */
@Module({
  providers: [
    {
      provide: MoodleClients,
      inject: [CONFIGURATION],
      useFactory: (configuration: Configuration) => new MoodleClients(configuration),
    },
  ],
  exports: [MoodleClients],
})
export class MoodleModule {}

/** What guards need to know whether a system's Moodle can be worked with; a file can be written at any time. */
export const moodleSoundings = {
  imports: [MoodleModule],
  inject: [MoodleClients],
  useFactory: (clients: MoodleClients) => ({
    probe: ({ id }: Pick<SystemConfiguration, 'id'>) => clients.find(id)?.siteInfo() ?? Promise.resolve(),
    answered: ({ id }: Pick<SystemConfiguration, 'id'>) => clients.find(id)?.answered ?? 0,
  }),
};
