import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Broker } from '../broker/broker.js';
import type { Guard } from '../answering/guard.js';
import type { TakeLease } from '../consuming/take-lease.js';
import { Publisher } from '../publishing/publisher.js';
import { RabbitServer } from './rabbit-server.js';
import { RethrowFilter } from './rethrow.filter.js';
import { topologyOf } from '../topology/topology.js';

export interface MessagingOptions {
  /** Name of the service: its queues are `<service>.<system>`. */
  service: string;
  url: string;
  systems: readonly string[];
  guardOf(system: string): Guard;
  takeLease: TakeLease;
}

@Module({})
class MessagingModule {}

/**
 * Publisher and RabbitServer for a service. `main.ts` takes the RabbitServer as the strategy of its microservice.
 * @param options made from what `inject` names, as in Nest's own async modules
 */
export const messaging = ({
  inject,
  imports = [],
  useFactory,
}: {
  inject: (string | symbol | (new (...args: never[]) => unknown))[];
  imports?: DynamicModule['imports'];
  useFactory: (...injected: never[]) => MessagingOptions | Promise<MessagingOptions>;
}): DynamicModule => ({
  module: MessagingModule,
  global: true,
  imports,
  providers: [
    { provide: 'MESSAGING_OPTIONS', inject, useFactory },
    {
      provide: Publisher,
      inject: ['MESSAGING_OPTIONS'],
      useFactory: ({ url, service, systems }: MessagingOptions) =>
        new Publisher(new Broker(url, `${service} publishing`, topologyOf(systems)), service),
    },
    {
      provide: RabbitServer,
      inject: ['MESSAGING_OPTIONS', Publisher],
      useFactory: (options: MessagingOptions, publisher: Publisher) =>
        new RabbitServer({
          ...options,
          topology: topologyOf(options.systems),
          broker: new Broker(options.url, `${options.service} consuming`),
          publisher,
        }),
    },
    { provide: APP_FILTER, useClass: RethrowFilter },
  ],
  exports: [Publisher, RabbitServer],
});
