import { both, parseEvent } from '#contracts';
import { sendEdited } from './edits.js';
import { editsOf } from './links.js';
import {
  ConsoleSetup,
  failedEvent,
  noCourse,
  synchronized,
  until,
  userProvisioned,
} from '../../testing/console-setup.js';
import { journal } from '../../testing/seeds.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());
beforeEach(() => setup.clear());

const code = '000010203';
const edits = [{ path: 'courses.0.id', value: 18 }];

/** A dead UserProvisioned of revision 50, edited. */
async function edited() {
  await setup.bury(userProvisioned(setup.system, code, 50), noCourse());
  setup.during((stop) => setup.drain().run(stop));
  await until('it is stored', async () => (await setup.failures()).length === 1);
  const { id } = (await setup.failures())[0]!;
  const sent = await sendEdited(setup.dataSource, { id, edits, by: 'me', rolesOf: () => ['student'] });
  return { id, ...sent };
}
const items = async (id: string) => (await setup.replays.list(1, id))[0]!.items;
const outcomes = async (id: string) => {
  const row = (await setup.failures()).find((each) => each.id === id)!;
  return (await editsOf(setup.dataSource, row)).edits.map(({ outcome }) => outcome);
};

test('it goes to the first service as a new event, as for the first time, and stands in the journal', async () => {
  const { id, replay, event } = await edited();
  expect(await outcomes(id)).toEqual(['waiting']);
  setup.during((stop) => setup.runner().run(stop));
  await until('it is sent', async () => (await items(replay)).sent === 1);
  const [message] = await setup.take('user-provisioner');
  expect(message!.properties.messageId).toBe(event);
  expect(message!.properties.headers).not.toHaveProperty('x-attempt');
  expect(parseEvent(message!.content)).toMatchObject({
    id: event,
    type: 'itk.student.changed.v1',
    data: { revision: 51, courses: [{ id: 18, role: 'student' }], person: { lastname: 'Ёлкина' } },
  });
  expect(await setup.take('course-enroller')).toEqual([]);
  setup.during((stop) => setup.journal().run(stop));
  const journaled = () => setup.dataSource.query('select 1 from console.journal where event_id = $1', [event]);
  await until('it is journaled', async () => (await journaled()).length === 1);
  // Its own revision is no newer one than itself.
  expect(await outcomes(id)).toEqual(['underWay']);
});

test('it gets through: the failure closes by its outcome', async () => {
  const { id, replay } = await edited();
  setup.during((stop) => setup.runner().run(stop));
  await until('it is sent', async () => (await items(replay)).sent === 1);
  await journal(setup.dataSource, setup.system, synchronized(setup.system, code, 51));
  expect(await items(replay)).toMatchObject({ succeeded: 1 });
  expect(await outcomes(id)).toEqual(['synchronized']);
  expect((await setup.failures())[0]).toMatchObject({ state: 'closed', closedBy: 'synchronized 51' });
});

test('it fails again: the new failure stands open and is linked, the old one is closed by it', async () => {
  const { id, replay } = await edited();
  setup.during((stop) => setup.runner().run(stop));
  await until('it is sent', async () => (await items(replay)).sent === 1);
  await setup.bury(userProvisioned(setup.system, code, 51), noCourse('18'));
  await until('the new one is stored', async () => (await setup.failures()).length === 2);
  await journal(setup.dataSource, setup.system, failedEvent(setup.system, code, 51, { reason: both('нет', 'none') }));
  expect(await items(replay)).toMatchObject({ failed: 1 });
  const rows = await setup.failures();
  const fresh = rows.find((row) => row.id !== id)!;
  expect(fresh).toMatchObject({ state: 'open', about: '18', revision: 51 });
  expect(rows.find((row) => row.id === id)).toMatchObject({ state: 'closed', closedBy: 'course 51' });
  expect((await editsOf(setup.dataSource, fresh)).editedFrom).toMatchObject({ failure: id, by: 'me' });
  expect(await outcomes(id)).toEqual(['failed']);
  // And may be edited in its turn.
  const again = await sendEdited(setup.dataSource, {
    ...{ id: fresh.id, by: 'me', rolesOf: () => [] },
    edits: [{ path: 'courses.0.id', value: 19 }],
  });
  expect(again.revision).toBe(52);
});

test('1C offers the student anew before it is sent: it is not, and says so', async () => {
  const { id, replay } = await edited();
  await journal(setup.dataSource, setup.system, userProvisioned(setup.system, code, 90));
  setup.during((stop) => setup.runner().run(stop));
  await until('it is dealt with', async () => (await items(replay)).superseded === 1);
  expect(await setup.take('user-provisioner')).toEqual([]);
  expect((await setup.failures())[0]).toMatchObject({ state: 'superseded', closedBy: 'revision 90' });
  expect(await outcomes(id)).toEqual(['overtaken']);
});

test('1C offers the student anew after it was sent: the newer outcome counts, the edit is overtaken', async () => {
  const { id, replay } = await edited();
  setup.during((stop) => setup.runner().run(stop));
  await until('it is sent', async () => (await items(replay)).sent === 1);
  await journal(setup.dataSource, setup.system, synchronized(setup.system, code, 90));
  expect(await items(replay)).toMatchObject({ superseded: 1 });
  expect(await outcomes(id)).toEqual(['overtaken']);
});

test('stopped before it is sent: the failure is open again and may be edited anew', async () => {
  const { id, replay } = await edited();
  await setup.replays.stop(replay, both('стоп', 'stop'));
  expect(await outcomes(id)).toEqual(['notSent']);
  const again = await sendEdited(setup.dataSource, { id, edits, by: 'you', rolesOf: () => [] });
  expect(again.revision).toBe(52);
});
