import { eventually } from '../testing/eventually.js';
import type { Lease } from './advisory-lock.js';
import { Leadership } from './leadership.js';

/** One lease for all who ask for it. */
class Seat {
  private held: AbortController | undefined;
  private readonly waiting: (() => void)[] = [];

  readonly take = async (stop: AbortSignal): Promise<Lease> => {
    while (this.held) {
      await new Promise<void>((resolve, reject) => {
        this.waiting.push(resolve);
        stop.addEventListener('abort', () => reject(stop.reason as Error));
      });
    }
    const lost = (this.held = new AbortController());
    return { lost: lost.signal, release: () => Promise.resolve(this.free()) };
  };

  /** In other hands, from one moment to the next. */
  lose(): void {
    this.held?.abort();
  }

  private free(): void {
    this.held = undefined;
    for (const wake of this.waiting.splice(0)) wake();
  }
}

const untilAborted = (held: AbortSignal): Promise<void> =>
  new Promise((resolve) => (held.aborted ? resolve() : held.addEventListener('abort', () => resolve())));

const open: Leadership[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.stop())));

function leader(seat: Seat, work: (held: AbortSignal) => Promise<void>) {
  const heard: unknown[] = [];
  const troubles = { failed: (error: unknown) => (heard.push(error), 1), succeeded: () => void heard.push('taken') };
  const leadership = new Leadership({ takeLease: seat.take, work, troubles });
  open.push(leadership);
  leadership.start();
  return { leadership, heard };
}

it('of two one works; the other takes over when it stops', async () => {
  const seat = new Seat();
  const [one, two] = [leader(seat, untilAborted), leader(seat, untilAborted)];
  await eventually(() => expect([one.leadership.leads, two.leadership.leads]).toEqual([true, false]));
  await one.leadership.stop();
  await eventually(() => expect([one.leadership.leads, two.leadership.leads]).toEqual([false, true]));
});

it('a lost lease ends the work, and is sought again', async () => {
  const seat = new Seat();
  let times = 0;
  const { heard } = leader(seat, (held) => ((times += 1), untilAborted(held)));
  await eventually(() => expect(times).toBe(1));
  seat.lose();
  await eventually(() => expect(times).toBe(2));
  expect(heard).toEqual(['taken', 'taken']);
});

it('work that breaks off is told, gives the lease back, and is taken up again', async () => {
  const seat = new Seat();
  const error = new Error('broken');
  let times = 0;
  const { heard } = leader(seat, (held) => (++times === 1 ? Promise.reject(error) : untilAborted(held)));
  await eventually(() => expect(times).toBe(2));
  expect(heard).toEqual(['taken', error, 'taken']);
});

it('whoever waits for the lease is told of no trouble at the end', async () => {
  const seat = new Seat();
  leader(seat, untilAborted);
  const { leadership, heard } = leader(seat, untilAborted);
  await leadership.stop();
  expect(heard).toEqual([]);
});
