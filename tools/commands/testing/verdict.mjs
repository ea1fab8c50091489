/**
 * @typedef {object} JestReport What is used of it.
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {boolean} success
 */

/**
 * Counts of a run from jest's own JSON report. A file that could not run at all counts as one failure, and so
 * does whatever kept the run from being whole; a skipped test is a failure too (nothing is skipped here), and
 * so is a run without tests.
 * @param {JestReport | undefined} report undefined when jest did not get to write one
 * @param {object} run
 * @param {boolean} [run.byName] only tests of some name were asked for: those that were left out are no failures
 * @param {number} [run.problems] how many things outside jest went wrong (a server that did not start, a type error)
 * @param {NodeJS.Signals} [run.interrupted]
 */
export function verdict(report, { byName = false, problems = 0, interrupted } = {}) {
  const passed = report?.numPassedTests ?? 0;
  const failed =
    (report?.numFailedTests ?? 0) +
    (report?.numRuntimeErrorTestSuites ?? 0) +
    (byName ? 0 : (report?.numPendingTests ?? 0)) +
    (report?.numTodoTests ?? 0) +
    problems;
  const hollow =
    failed === 0 && (report === undefined || passed === 0 || report.success !== true || Boolean(interrupted));
  return { passed, failed: failed + (hollow ? 1 : 0) };
}

/** @param {{ passed: number, failed: number }} counts */
export function lastLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
