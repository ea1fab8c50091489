import type { Request } from 'express';
import type { Configuration } from '#platform';

/** What browsers call the console by. */
export interface Origin {
  /** Absent: only this machine itself may open it, by whatever name and port. */
  publicUrl?: string;
  /** The connection of browsers is encrypted. */
  secure: boolean;
}

export const originOf = ({ publicUrl }: Pick<Configuration['console']['http'], 'publicUrl'>): Origin => ({
  ...(publicUrl !== undefined && { publicUrl }),
  secure: publicUrl?.startsWith('https:') ?? false,
});

/** Nest injection token of the {@link Origin}. */
export const ORIGIN = Symbol('ORIGIN');

/** The address of the pages, as whoever asks calls it. */
export const addressFor = ({ headers }: Pick<Request, 'headers'>, { publicUrl }: Origin): string =>
  publicUrl ?? `http://${headers.host}`;
