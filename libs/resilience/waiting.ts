/**
 * A promise that `begin` resolves, or that rejects when `stop` aborts. `begin` returns the way to clean up.
 */
export function abortable(stop: AbortSignal, begin: (resolve: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return reject(stop.reason as Error);
    const finish = (end: () => void) => () => {
      stop.removeEventListener('abort', onAbort);
      cleanUp();
      end();
    };
    const onAbort = finish(() => reject(stop.reason as Error));
    let cleanUp = () => {};
    stop.addEventListener('abort', onAbort, { once: true });
    cleanUp = begin(finish(resolve));
  });
}
