export * from './advisory-lock.js';
export * from './bigint.js';
export { storeByHalves, type Unstored } from './data-exception.js';
export * from './data-source.js';
export { databaseTrouble, isDatabaseAway, proveRoom, proveWritable, ReadOnlyDatabaseError } from './database-away.js';
export * from './migrate.js';
export * from './operations/entities.js';
export { PauseBook, type Lift, type NewPause, type PauseListener } from './operations/pause-book.js';
export { askFor, serveErrands, type ErrandEnd, type ErrandOf, type NewErrand } from './operations/errands.js';
export { ErrandLoop } from './operations/errand-loop.js';
export { HeldBackWatch, sayHeldBack, type HeldBack } from './operations/held-back.js';
export { TroubleBook, type FoundTrouble, type TroubleSource } from './operations/trouble-book.js';
export { ToldBook, newsOf, type Heard, type Word } from './operations/told-book.js';
export * from './persistence.module.js';
export { ConnectionLostError } from './watched-connection.js';
// The tests of others come in by this door too.
// eslint-disable-next-line no-restricted-imports
export * from './testing/index.js';
