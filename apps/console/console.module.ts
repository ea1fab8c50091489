import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Broker, Publisher, topologyOf } from '#messaging';
import { persistence } from '#persistence';
import { CONFIGURATION, HealthSigns, type Configuration } from '#platform';
import { Examinations } from './doctor/examinations.js';
import { Rounds } from './doctor/rounds.js';
import { Duty } from './duty.js';
import { Gauges } from './gauges/look.js';
import { ApiModule } from './http/api.module.js';
import { schema } from './ledger/schema.js';
import { Notifier } from './notices/notifier.js';

export const service = 'console';

/** The duty begins when the application stands, and ends before its connections do. */
@Injectable()
class DutyLifetime implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(Duty) private readonly duty: Duty,
    @Inject(Publisher) private readonly publisher: Publisher,
    @Inject(HealthSigns) signs: HealthSigns,
  ) {
    signs.set('duty', () => Promise.resolve(duty.state === 'onDuty' ? 'up' : 'paused'));
  }

  onApplicationBootstrap(): void {
    this.duty.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.duty.stop();
    await this.publisher.close();
  }
}

@Module({
  imports: [persistence(schema), ApiModule],
  providers: [
    {
      provide: Publisher,
      inject: [CONFIGURATION],
      useFactory: ({ broker, systems }: Configuration) =>
        new Publisher(
          new Broker(broker.url, `${service} publishing`, topologyOf(systems.map(({ id }) => id))),
          service,
        ),
    },
    {
      provide: Duty,
      inject: [getDataSourceToken(), Publisher, Examinations, CONFIGURATION],
      useFactory: (
        dataSource: DataSource,
        publisher: Publisher,
        examinations: Examinations,
        configuration: Configuration,
      ) => {
        const systems = configuration.systems.map(({ id }) => id);
        const notifier = new Notifier(dataSource, configuration);
        const gauges = new Gauges(dataSource, configuration);
        return new Duty(dataSource, publisher, new Rounds(examinations, systems), notifier, gauges, {
          systems,
          broker: configuration.broker,
          journalDays: configuration.console.journalDays,
        });
      },
    },
    DutyLifetime,
  ],
})
export class ConsoleModule {}
