import { Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { CONFIGURATION, HealthSigns, type Configuration } from '#platform';
import { createDataSource, type ServiceSchema } from './connection/data-source.js';
import { isDatabaseAway, proveWritable } from './connection/database-away.js';
import { openMigrated } from './schema/migrate.js';
import { PauseBook } from './operations/pauses/pause-book.js';
import { TroubleBook } from './operations/troubles/trouble-book.js';
import { Upkeep } from './upkeep/upkeep.js';

@Injectable()
class OperationsLifetime implements OnApplicationShutdown {
  constructor(
    @Inject(PauseBook) private readonly pauses: PauseBook,
    @Inject(HealthSigns) signs: HealthSigns,
    @Inject(getDataSourceToken()) dataSource: DataSource,
  ) {
    signs.set('database', async () => {
      await proveWritable((sql) => dataSource.query(sql));
      return 'up';
    });
  }

  // After the transport has finished what was in hand, and before TypeORM closes the pool.
  async onApplicationShutdown(): Promise<void> {
    await this.pauses.close();
  }
}

@Module({})
class PersistenceModule {}

/**
 * Connects, migrates (see {@link migrate}) and offers, to the whole application, TypeORM's DataSource,
 * {@link PauseBook} and {@link TroubleBook}. Needs the platform's CONFIGURATION.
 */
export function persistence(service: ServiceSchema): DynamicModule {
  return {
    module: PersistenceModule,
    global: true,
    imports: [
      TypeOrmModule.forRootAsync({
        inject: [CONFIGURATION],
        useFactory: (configuration: Configuration) => ({
          ...createDataSource({ ...service, url: configuration.database.url }).options,
          // Until the database is up; a migration that fails will fail again.
          retryAttempts: 20,
          retryDelay: 1_000,
          toRetry: isDatabaseAway,
        }),
        dataSourceFactory: (options?: DataSourceOptions) =>
          openMigrated(createDataSource({ ...service, url: (options as { url: string }).url })),
      }),
    ],
    providers: [
      {
        provide: PauseBook,
        inject: [getDataSourceToken()],
        useFactory: (dataSource: DataSource) => new PauseBook(dataSource).open(),
      },
      {
        provide: TroubleBook,
        inject: [getDataSourceToken()],
        useFactory: (dataSource: DataSource) => new TroubleBook(dataSource),
      },
      {
        provide: Upkeep,
        inject: [getDataSourceToken()],
        useFactory: (dataSource: DataSource) => new Upkeep(dataSource, [service.schema, 'operations']),
      },
      OperationsLifetime,
    ],
    exports: [TypeOrmModule, PauseBook, TroubleBook],
  };
}
