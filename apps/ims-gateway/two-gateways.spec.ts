import { acquireLease, addressOf } from '#persistence';
import { eventually } from '#persistence/testing';
import type { CloudEvent, StudentChanged } from '#contracts';
import { Keeper } from './gateways.js';
import { noteOutcomes } from './ledger/outcomes.js';
import { dataSource, GatewaySetup, withDatabase } from './testing/setup.js';
import { enterprise, person } from './testing/xml.js';

withDatabase();

it('of two gateways on one folder one works; each file is taken once, and the other goes on when it stops', async () => {
  const setup = await new GatewaySetup({ quietFor: 'PT0.1S' }).open();
  const published: StudentChanged[] = [];
  const keeper = () =>
    new Keeper(setup.system, {
      ...{ dataSource, paused: () => false, now: Date.now },
      publisher: {
        publishAll: async (events: readonly CloudEvent[]) => {
          const data = events.map((event) => event.data as StudentChanged);
          published.push(...data);
          await noteOutcomes(
            dataSource,
            setup.id,
            data.map(({ person: { code }, revision }) => ({ code, revision, state: 'done' as const })),
          );
        },
      },
      takeLease: (stop) => acquireLease(addressOf(dataSource), `ims ${setup.id}`, stop),
    });
  const keepers = [keeper(), keeper()];
  try {
    for (const each of keepers) each.start();
    const drop = (from: number) =>
      Promise.all(
        Array.from({ length: 5 }, (_, n) => setup.drop(`${from + n}.xml`, enterprise(person(`${from + n}`, 'A')))),
      );
    const codes = () => published.map(({ person: { code } }) => Number(code)).sort((a, b) => a - b);
    await drop(10);
    await eventually(() => expect(codes()).toEqual([10, 11, 12, 13, 14]), 30_000);
    const tenure = async () =>
      (await dataSource.query('select tenure::int from ims_gateway.systems where system = $1', [setup.id])) as unknown;
    expect(await tenure()).toEqual([{ tenure: 1 }]);
    await keepers[0]!.stop();
    await drop(15);
    await eventually(() => expect(codes()).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]), 30_000);
    await eventually(async () =>
      expect((await setup.files()).map(({ state }) => state)).toEqual(Array(10).fill('applied')),
    );
  } finally {
    await Promise.all(keepers.map((each) => each.stop()));
    await setup.close();
  }
});
