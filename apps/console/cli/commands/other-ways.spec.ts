import { makeEvent, eventTypes } from '#contracts';
import { studentChanged, userProvisioned } from '../../testing/console-setup.js';
import { CliSetup } from '../../testing/cli-setup.js';
import { journal } from '../../testing/seeds.js';

const zone = 'Europe/Moscow';
const changed = (system: string, origin: 'onec' | 'ims') =>
  makeEvent(eventTypes.StudentChanged, { ...studentChanged(system, '007', 1), origin }, { service: 'test' });

describe('a system that files alone feed', () => {
  const setup = new CliSetup();
  beforeAll(() => setup.open({ noOneC: true, ims: { folder: 'files', zone } }), 120_000);
  afterAll(() => setup.close());

  test('doctor, status and story speak of no 1C', async () => {
    await journal(setup.console.dataSource, setup.system, changed(setup.system, 'ims'));
    const { out } = await setup.itk('doctor', '--all');
    expect(out).toContain(`${setup.system}: Moodle`);
    expect(out).not.toContain(`${setup.system}: 1C`);
    expect((await setup.itk('status')).out).toMatch(new RegExp(`${setup.system} +1 +0 +0 +0 +0 +0 +0 +-`));
    const story = await setup.itk('student', '007');
    expect(story).toMatchObject({ code: 0, out: expect.stringMatching(/student\.changed/) });
    expect(story.out).not.toContain('1C was told');
    expect((await setup.itk('student', '404')).err).toMatch(/nobody has told of them yet/);
  }, 120_000);
});

describe('a system whose Moodle takes a file', () => {
  const setup = new CliSetup();
  beforeAll(() => setup.open({ imsFile: { url: 'https://lms', file: 'enrol.xml', zone } }), 120_000);
  afterAll(() => setup.close());

  test('doctor asks no Moodle; the story tells of no account number that Moodle does not know', async () => {
    const { system } = setup;
    await journal(setup.console.dataSource, system, changed(system, 'onec'), userProvisioned(system, '007', 1));
    const { out } = await setup.itk('doctor', '--all');
    expect(out).toContain(`${system}: 1C`);
    expect(out).not.toContain(`${system}: Moodle`);
    expect((await setup.itk('status')).out).toMatch(new RegExp(`${system} +1 +0`));
    const story = (await setup.itk('student', '007')).out;
    expect(story).toMatch(/user\.provisioned .* in the file/);
    expect(story).not.toMatch(/Moodle 5/);
    expect(story).toContain('1C was told: -');
  }, 120_000);
});
