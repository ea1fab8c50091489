import { In, type DataSource } from 'typeorm';
import { Consumer, consumersSilentAfter } from '#persistence';

/** One process of a service, as it says itself. */
export interface Hand {
  process: string;
  state: string;
  inHand: number;
  oldest: Date | null;
  seen: Date;
  /** The product's version that it runs, and since when. */
  version: string;
  since: Date;
  /** It has said nothing for a while: it hangs, or it is gone. */
  silent: boolean;
}

export type Consumers = Pick<Consumer, 'system' | 'service' | 'process' | 'settled'>[];

/** Every process of these systems' services that has said anything within a day. */
export const consumersOf = (dataSource: DataSource, systems: readonly string[]): Promise<Consumer[]> =>
  dataSource.getRepository(Consumer).find({
    where: { system: In([...systems]) },
    order: { system: 'asc', service: 'asc', process: 'asc' },
  });

export const handOf = ({ process, state, inHand, oldest, seen, version, since }: Consumer, now: number): Hand => ({
  ...{ process, state, inHand, oldest, seen, version, since },
  silent: now - seen.getTime() > consumersSilentAfter * 1_000,
});

/** What of a queue is in hands: of those who still say something. */
export function inHands(hands: readonly Hand[]): { inHand: number; oldest: Date | null } {
  const speaking = hands.filter(({ silent }) => !silent);
  const times = speaking.flatMap(({ oldest }) => (oldest ? [oldest.getTime()] : []));
  return {
    inHand: speaking.reduce((sum, { inHand }) => sum + inHand, 0),
    oldest: times.length > 0 ? new Date(Math.min(...times)) : null,
  };
}
