import { both, eventTypes } from '#contracts';
import { PauseBook, TroubleBook } from '#persistence';
import { register } from '#platform';
import { ConsoleSetup } from '../testing/console-setup.js';
import { Gauges } from './look.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());
beforeEach(() => setup.clear());

const freshness = { after: 'PT18H', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '18:00' };
const onDuty = new AbortController().signal;
const gauges = () => {
  const configuration = {
    systems: [{ id: setup.system, synchronizer: { zone: 'Europe/Moscow' } }],
    console: { freshness },
  };
  return new Gauges(setup.dataSource, configuration as never);
};

/** Lines of a metric, as Prometheus reads them. */
async function shown(name: string): Promise<string[]> {
  const text = await register.getSingleMetricAsString(name);
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

it('the console on duty shows what stands, and forgets what is no more', async () => {
  const { system } = setup;
  const [pauses, troubles, all] = [
    await new PauseBook(setup.dataSource).open(),
    new TroubleBook(setup.dataSource),
    gauges(),
  ];
  const why = both('нет', 'no');
  await pauses.put({ system, service: 'user-provisioner', kind: 'configuration', reason: why, by: 'user-provisioner' });
  const look = { service: 'error-flagger', system, check: 'flags-held' };
  await troubles.found(look, [{ about: '', what: why, mend: why }]);
  await setup.dataSource.query(
    `insert into console.journal (event_id, type, system, subject, revision, source, at, received, data)
     values (gen_random_uuid(), $1, $2, '1', 1, 'test', now(), now() - interval '90 seconds', '{"origin": "onec"}')`,
    [eventTypes.StudentChanged, system],
  );
  await all.look(onDuty);
  expect(await shown('itk_paused')).toEqual([
    `itk_paused{system="${system}",service="user-provisioner",kind="configuration"} 1`,
  ]);
  expect(await shown('itk_found')).toEqual([
    `itk_found{system="${system}",service="error-flagger",check="flags-held"} 1`,
  ]);
  expect(await shown('itk_on_duty')).toEqual(['itk_on_duty 1']);
  expect(await shown('itk_silent')).toEqual([`itk_silent{system="${system}"} 0`]);
  const [oldest] = await shown('itk_under_way_oldest_seconds');
  expect(Number(oldest!.split(' ')[1])).toBeGreaterThanOrEqual(90);
  expect(Number(oldest!.split(' ')[1])).toBeLessThan(300);
  const connections = await shown('itk_database_connections');
  expect(connections).toHaveLength(2);

  await pauses.lift({ system, service: 'user-provisioner', kind: 'configuration' });
  await troubles.found(look, []);
  await all.look(onDuty);
  expect([await shown('itk_paused'), await shown('itk_found')]).toEqual([[], []]);
  await pauses.close();
});

it('of a queue that cannot be seen nothing is said, and one that stands by shows nothing', async () => {
  const all = gauges();
  const sample = {
    system: 'lms',
    service: 'user-provisioner',
    time: new Date(),
    minutes: 1,
    done: 1,
    retried: 0,
    died: 0,
  };
  all.queues([{ ...sample, ready: 5, inHand: 2, retry: 0, dead: null }], onDuty);
  expect(await shown('itk_queue_messages')).toEqual([
    'itk_queue_messages{system="lms",consumer="user-provisioner",state="ready"} 5',
    'itk_queue_messages{system="lms",consumer="user-provisioner",state="in_hand"} 2',
    'itk_queue_messages{system="lms",consumer="user-provisioner",state="retry"} 0',
  ]);
  all.forget();
  expect(await shown('itk_queue_messages')).toEqual([]);
  expect(await shown('itk_on_duty')).toEqual(['itk_on_duty 0']);
});

it('what was read when the duty ended is not shown: another console has it', async () => {
  const all = gauges();
  const duty = new AbortController();
  const looking = all.look(duty.signal);
  duty.abort();
  all.forget();
  await looking;
  all.queues([], duty.signal);
  expect(await shown('itk_on_duty')).toEqual(['itk_on_duty 0']);
  expect(await shown('itk_students')).toEqual([]);
});
