import { Module } from '@nestjs/common';
import { both, failed } from '#contracts';
import { CONFIGURATION, log, readSecret, type Configuration, type SystemConfiguration } from '#platform';
import { MoodleClient } from './client.js';

/** The clients of a service, one for each system: each keeps to the calls in flight that its site bears. */
export class MoodleClients {
  private readonly clients: Map<string, MoodleClient>;

  constructor({ systems }: Pick<Configuration, 'systems'>) {
    this.clients = new Map(systems.map((system) => [system.id, clientOf(system)]));
  }

  of(system: string): MoodleClient {
    const client = this.clients.get(system);
    if (!client) throw new Error(`no system ${system} is configured`);
    return client;
  }
}

const clientOf = ({ id, moodle }: SystemConfiguration): MoodleClient =>
  new MoodleClient({
    system: id,
    url: moodle.url,
    token: () => tokenOf(moodle.tokenFile),
    maxInputVars: moodle.maxInputVars,
    concurrency: moodle.concurrency,
    log: log('Moodle'),
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
