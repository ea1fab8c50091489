import { eventTypes } from '#contracts';
import { ConsoleSetup, noCourse, until, userProvisioned } from '../testing/console-setup.js';
import { settleSilent } from './silence.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

/** One replayed letter, so many times over: the older half waits for an answer, of the others nothing follows. */
async function replayed(waiting: number, answerless: number): Promise<void> {
  await setup.bury(userProvisioned(setup.system, '00000', 50), noCourse());
  setup.during((stop) => setup.drain().run(stop));
  await until('it is stored', async () => (await setup.failures()).length === 1);
  await setup.rest();
  await setup.replays.order({ selection: {}, by: 'me' });
  await setup.dataSource.query(
    `insert into console.failures
     select (jsonb_populate_record(f, jsonb_build_object('id', 'copy ' || n,
              'event_type', case when n <= $1 then f.event_type else $3 end))).*
     from console.failures f, generate_series(1, $1::int + $2::int) n`,
    [waiting, answerless, eventTypes.BindingChanged],
  );
  await setup.dataSource.query(
    `insert into console.replay_items
     select (jsonb_populate_record(i, jsonb_build_object('failure', f.id, 'state', 'sent',
              'sent_at', now() - make_interval(mins => 60, secs => -least(1800, split_part(f.id, ' ', 2)::int))))).*
     from console.replay_items i, console.failures f where f.id like 'copy %'`,
  );
}
const closed = async (): Promise<Record<string, number>> => {
  const rows: { type: string; number: number }[] = await setup.dataSource.query(
    `select event_type as type, count(*)::int as number from console.failures
      where closed_by = 'did not come back' group by 1`,
  );
  return Object.fromEntries(rows.map(({ type, number }) => [type, number]));
};

test('more than a thousand that are still waited for keep nobody from being settled', async () => {
  await replayed(1_500, 1_200);
  await settleSilent(setup.dataSource, Date.now());
  expect(await closed()).toEqual({ [eventTypes.BindingChanged]: 1_200 });
  await settleSilent(setup.dataSource, Date.now() + 3 * 3_600_000);
  expect(await closed()).toEqual({ [eventTypes.BindingChanged]: 1_200, [eventTypes.UserProvisioned]: 1_500 });
});
