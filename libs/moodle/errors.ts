import { SynchronizationError, type Failure } from '#contracts';

/** Moodle is away, or answers as no Moodle does. Whether it stays away is for the probe to say. */
export class MoodleOutage extends SynchronizationError {
  override name = 'MoodleOutage';
  constructor(
    failure: Failure,
    /** PHP may still be at work, up to 360 s: repeat from the 15-minute step, and read back first. */
    readonly timedOut: boolean,
    options?: ErrorOptions,
  ) {
    super(failure, options);
  }
}

/** A database error that did not go away with one repetition: mostly a deadlock. The call was rolled back. */
export class MoodleTemporary extends SynchronizationError {
  override name = 'MoodleTemporary';
}

/** A setting of the site, the token or the service account is wrong: no record is to blame. */
export class MoodleMisconfigured extends SynchronizationError {
  override name = 'MoodleMisconfigured';
}

/** Moodle refused the call because of something in it; in production it mostly does not say what. */
export class MoodleRefusal extends SynchronizationError {
  override name = 'MoodleRefusal';
  constructor(
    failure: Failure,
    /** Moodle's errorcode; `php-error` where there was none. */
    readonly errorcode: string,
  ) {
    super(failure);
  }
}

/** More arrived in the call than PHP's max_input_vars lets through. Handled inside the client: the batch is halved. */
export class MoodleCallTruncated extends MoodleTemporary {
  override name = 'MoodleCallTruncated';
}
