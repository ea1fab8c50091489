import { Module } from '@nestjs/common';
import { both, failed, type Finding } from '#contracts';
import { CONFIGURATION, log, PerSystem, readSecret, type Configuration, type SystemConfiguration } from '#platform';
import { MoodleClient } from './client.js';
import { circumstancesOf, type Circumstances } from './doctor/circumstances.js';
import { examineMoodle } from './doctor/examine.js';
import type { MoodleClientOptions } from './transport/caller.js';

/** The clients of a service, one for each system: each keeps to the calls in flight that its site bears. */
export class MoodleClients extends PerSystem<MoodleClient> {
  constructor({ systems }: Pick<Configuration, 'systems'>) {
    super(systems, (system) => new MoodleClient({ ...optionsOf(system), log: log('Moodle') }));
  }
}

/** The doctor: a system's Moodle on the way that the services take, and what is known of it beside its settings. */
export const examineMoodleOf = (
  system: SystemConfiguration,
  known: Pick<Circumstances, 'courseId' | 'witness' | 'expected'>,
): Promise<Finding[]> => examineMoodle(optionsOf(system), { ...circumstancesOf(system), ...known });

const optionsOf = ({ id, moodle }: Pick<SystemConfiguration, 'id' | 'moodle'>): MoodleClientOptions => ({
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

/** What guards need to know whether a system's Moodle can be worked with. */
export const moodleSoundings = {
  imports: [MoodleModule],
  inject: [MoodleClients],
  useFactory: (clients: MoodleClients) => ({
    probe: ({ id }: Pick<SystemConfiguration, 'id'>) => clients.of(id).siteInfo(),
    answered: ({ id }: Pick<SystemConfiguration, 'id'>) => clients.of(id).answered,
  }),
};
