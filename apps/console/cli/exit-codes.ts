/** docs/cli.md tells them to people. */
export const exitCodes = {
  done: 0,
  /** Something was refused or failed; or, with `--check`, something waits for a person. */
  notAll: 1,
  usage: 2,
  configuration: 3,
  /** Database, broker, 1C, or the service that would have to do it. */
  away: 4,
  notFound: 5,
  /** A deed that cannot be undone wants `--yes`. */
  notConfirmed: 6,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
