import { join } from 'node:path';
import { loadConfiguration } from '#platform';
import { accountSettings } from './settings.js';

test('the accounts of config/itk.example.yaml are understood', () => {
  const file = join(import.meta.dirname, '../../../config/itk.example.yaml');
  const { systems } = loadConfiguration(file, { DATABASE_URL: 'postgres://itk@db/itk', AMQP_URL: 'amqp://itk@mq' });
  for (const system of systems) expect(accountSettings(system)).toMatchObject({ auth: 'manual', adopt: false });
});
