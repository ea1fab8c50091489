import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ErrandLoop, persistence } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { Accounts } from './accounts/accounts.js';
import { newAccountSchema, removedAccountSchema } from './accounts/new-account.js';
import { EmptyBindingDuty } from './bindings/empty/duty.js';
import { EmptyBindingRuns } from './bindings/empty/empty-binding-runs.js';
import { Clock, CLOCK } from './clock.js';
import { DeskServer } from './desk/desk-server.js';
import { Mirror } from './mirror/mirror.js';
import { ODataUniversity } from './mirror/odata/odata-university.js';
import { SnapshotUniversity, University } from './mirror/university.js';
import { countedSchema, countStudents } from './registers/count.js';
import { Retention } from './registers/retention/retention.js';
import { Synchronizer } from './registers/synchronizer.js';
import { schema } from './ledger/schema.js';
import { WebServiceController } from './web-service/web-service.controller.js';

/** The part of the configuration that this service cannot do without. */
const component = (configuration: Configuration) => {
  if (!configuration.onecComponent)
    throw new Error('onecComponent is not configured: add it to the configuration, or do not start onec-component');
  return configuration.onecComponent;
};

@Module({
  imports: [persistence(schema)],
  controllers: [WebServiceController],
  providers: [
    {
      provide: CLOCK,
      inject: [CONFIGURATION],
      useFactory: (configuration: Configuration) => new Clock(component(configuration).zone),
    },
    {
      provide: University,
      inject: [CONFIGURATION, CLOCK],
      useFactory: (configuration: Configuration, clock: Clock) => {
        const { mirror, zone } = component(configuration);
        return mirror.odata
          ? new ODataUniversity(mirror.odata, zone, () => clock.now())
          : new SnapshotUniversity(mirror.url ?? '', zone);
      },
    },
    Accounts,
    {
      // `itk account add` and `remove`: a password comes hashed. `count-students`: the console shows how far a pass is.
      provide: ErrandLoop,
      inject: [getDataSourceToken(), Accounts, CLOCK],
      useFactory: (dataSource: DataSource, accounts: Accounts, clock: Clock) =>
        new ErrandLoop(dataSource, 'onec-component', {
          'count-students': ({ payload }) => countStudents(dataSource, countedSchema.parse(payload).els, clock.now()),
          'put-account': ({ payload }) => {
            const { user, passwordHash, roles } = newAccountSchema.parse(payload);
            return accounts.putHashed(user, passwordHash, roles);
          },
          'remove-account': async ({ payload }) => ({
            removed: await accounts.remove(removedAccountSchema.parse(payload).user),
          }),
        }),
    },
    Synchronizer,
    Mirror,
    Retention,
    EmptyBindingRuns,
    EmptyBindingDuty,
    DeskServer,
  ],
})
export class OnecComponentModule {}
