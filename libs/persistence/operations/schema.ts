import { Consumer } from './entities/consumer.js';
import { Errand } from './entities/errand.js';
import { Pause } from './entities/pause.js';
import { Told } from './entities/told.js';
import { Trouble } from './entities/trouble.js';
import { PauseAndTold1790000000000 } from './migrations/1790000000000-pause-and-told.js';
import { Errands1790000000100 } from './migrations/1790000000100-errands.js';
import { Troubles1790000000300 } from './migrations/1790000000300-troubles.js';
import { BrokerPause1790000000400 } from './migrations/1790000000400-broker-pause.js';
import { ErrandsBegun1790000000500 } from './migrations/1790000000500-errands-begun.js';
import { LaterHours1790000000600 } from './migrations/1790000000600-later-hours.js';
import { Consumers1790000000700 } from './migrations/1790000000700-consumers.js';
import { ConsumerVersion1790000000800 } from './migrations/1790000000800-consumer-version.js';

export const operationsEntities = [Pause, Told, Errand, Trouble, Consumer];

export const operationsMigrations = [
  PauseAndTold1790000000000,
  Errands1790000000100,
  Troubles1790000000300,
  BrokerPause1790000000400,
  ErrandsBegun1790000000500,
  LaterHours1790000000600,
  Consumers1790000000700,
  ConsumerVersion1790000000800,
];
