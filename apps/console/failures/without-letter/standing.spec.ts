import { both } from '#contracts';
import { TroubleBook } from '#persistence';
import { ToldBook } from '#reporting';
import { ConsoleSetup } from '../../testing/console-setup.js';
import { groupFailures, listFailures } from '../desk/overview.js';
import { foldStanding } from './standing.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

const source = { service: 'onec-component', system: '', check: 'mirror-record' };
const trouble = (about: string) => ({ about, what: both(`Запись ${about}`, `Record ${about}`), mend: both('м', 'm') });
const states = async (): Promise<string[]> =>
  (await setup.failures()).map(({ code, state }) => `${String(code)} ${state}`).sort();

test('a record of 1C that cannot be read is an open failure of its student until it can', async () => {
  const troubles = new TroubleBook(setup.dataSource);
  const fold = () => foldStanding(setup.dataSource, [setup.system]);
  await new ToldBook(setup.dataSource).record(setup.system, [{ code: '007', revision: 5, told: 'synchronized' }]);
  await troubles.found(source, ['007', 'АБ 12', 'statuses[4]', 'curricula план', '…'].map(trouble));
  await fold();
  await fold();
  expect(await states()).toEqual(['007 open', 'АБ 12 open']);
  const [group, ...others] = await groupFailures(setup.dataSource, {});
  expect(others).toEqual([]);
  expect(group).toMatchObject({ service: 'onec-component', kind: 'contract', cause: 'record-unreadable', students: 2 });
  const [first] = await listFailures(setup.dataSource, { group: group!.group }, 10);
  expect(first).toMatchObject({ system: setup.system, reason: { en: expect.stringMatching(/^Record /) } });

  await troubles.found(source, [trouble('АБ 12')]);
  await fold();
  expect(await states()).toEqual(['007 closed', 'АБ 12 open']);
  await troubles.found(source, [trouble('007')]);
  await fold();
  expect(await states()).toEqual(['007 open', 'АБ 12 closed']);
  await setup.dataSource.query(`update console.failures set state = 'archived' where code = '007'`);
  await fold();
  expect(await states()).toEqual(['007 archived', 'АБ 12 closed']);
});
