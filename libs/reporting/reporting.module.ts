import { Module, type DynamicModule } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { persistence, type ServiceSchema } from '#persistence';
import { consuming, timesForOneC, type Soundings } from '#resilience';
import { SynchronizerClients, SynchronizerModule } from '#synchronizer';
import { ToldBook } from './told-book.js';

@Module({})
class ToldBookModule {}

/** All that a reporter needs beside its handler: its tables, the clients of 1C, {@link ToldBook}, and what consuming takes. */
export const reporting = ({
  service,
  schema,
}: {
  service: string;
  schema: ServiceSchema;
}): NonNullable<DynamicModule['imports']> => [
  SynchronizerModule,
  persistence(schema),
  ...consuming({
    times: timesForOneC,
    service,
    soundings: {
      imports: [SynchronizerModule],
      inject: [SynchronizerClients],
      useFactory: (clients: SynchronizerClients): Soundings => ({
        probe: ({ id }) => clients.find(id)?.client.probe() ?? Promise.resolve(),
        answered: ({ id }) => clients.find(id)?.client.answered ?? 0,
      }),
    },
  }),
  {
    module: ToldBookModule,
    global: true,
    providers: [
      {
        provide: ToldBook,
        inject: [getDataSourceToken()],
        useFactory: (dataSource: DataSource) => new ToldBook(dataSource),
      },
    ],
    exports: [ToldBook],
  },
];
