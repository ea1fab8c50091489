import 'reflect-metadata';
import { Broker, Publisher, topologyOf } from '#messaging';
import { createDataSource, migrate } from '#persistence';
import { loadConfiguration } from '#platform';
import { LaterRow, SynchronizerClients } from '#synchronizer';
import { FlagRow, HeldRow } from './entities.js';
import { migrations } from './migrations.js';
import { release } from './release.js';

// node dist/apps/error-flagger/release.main.js <system id>: sets the Error flags that the hourly limit held back.
const configuration = loadConfiguration();
const systems = configuration.systems.map(({ id }) => id);
const id = process.argv[2] ?? '';
if (!systems.includes(id)) {
  process.stderr.write(`Укажите систему: ${systems.join(', ')} / Name the system: ${systems.join(', ')}\n`);
  process.exit(2);
}
const dataSource = createDataSource({
  url: configuration.database.url,
  schema: 'error_flagger',
  entities: [FlagRow, HeldRow, LaterRow],
  migrations,
});
const publisher = new Publisher(new Broker(configuration.broker.url, 'release', topologyOf(systems)), 'error-flagger');
await dataSource.initialize();
try {
  await migrate(dataSource);
  const { system, client } = new SynchronizerClients(configuration, dataSource).of(id);
  const { flagged, overtaken, refused } = await release(system, client, dataSource, publisher);
  process.stdout.write(
    `Отмечено в 1С: ${flagged}, устарело: ${overtaken}, отвергнуто: ${refused.length} / ` +
      `Flagged in 1C: ${flagged}, overtaken: ${overtaken}, refused: ${refused.length}\n`,
  );
  for (const { code, reason } of refused) process.stdout.write(`  ${code}: ${reason}\n`);
  process.exitCode = refused.length > 0 ? 1 : 0;
} finally {
  await publisher.close();
  await dataSource.destroy();
}
