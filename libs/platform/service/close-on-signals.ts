import { log } from '../logging/log.js';

/** Kubernetes kills 30 s after SIGTERM. Milliseconds. */
const usualLimit = 25_000;

/**
 * On SIGTERM or SIGINT: finish what is in hand, then exit with 0. What is not finished within the limit was not
 * acknowledged, so it is delivered again; that, too, is exit with 0. A failure to close is exit with 1.
 */
export function closeOnSignals(app: { close(): Promise<void> }, limit = usualLimit): void {
  const logger = log('Service');
  let closing = false;
  const close = (signal: NodeJS.Signals): void => {
    if (closing) return;
    closing = true;
    logger.info('closing', { signal });
    setTimeout(() => {
      logger.warn('not everything in hand was finished in time: it will be delivered again', { limit });
      process.exit(0);
    }, limit);
    app.close().then(
      () => {
        logger.info('closed');
        process.exit(0);
      },
      (error: unknown) => {
        logger.fatal('cannot close', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}
