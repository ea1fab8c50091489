import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failed } from '#contracts';
import type { Pause } from '#persistence';
import { SystemGuard, type Pauses } from './system-guard.js';

const times = { probeEvery: 60, probeTimeout: 500, trialEvery: 120 };
const away = failed('outage', 'unreachable', { ru: 'нет связи', en: 'unreachable' });
const wrongToken = failed(
  'configuration',
  'token',
  { ru: 'ключ', en: 'token' },
  { cure: { ru: 'сменить', en: 'renew' } },
);

/** The table of pauses, as two processes would share it. */
class Table implements Pauses {
  rows: Pause[] = [];
  private readonly listeners = new Set<() => void>();
  of(system: string, service: string): Pause[] {
    return this.rows.filter((row) => row.system === system && row.service === service);
  }
  put(pause: Omit<Pause, 'since' | 'cure'> & { cure?: Pause['reason'] }): Promise<void> {
    const others = this.rows.filter((row) => row.kind !== pause.kind);
    this.rows = [...others, { ...pause, cure: pause.cure ?? null, since: new Date() }];
    this.changed();
    return Promise.resolve();
  }
  lift({ kind }: { kind: string }): Promise<boolean> {
    const before = this.rows.length;
    this.rows = this.rows.filter((row) => row.kind !== kind);
    this.changed();
    return Promise.resolve(this.rows.length < before);
  }
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

describe('the guard of a system', () => {
  let table: Table;
  let up: boolean;
  let probes: number;
  let databaseUp: boolean;
  let reason: Error;
  let guards: SystemGuard[];
  const never = new AbortController().signal;

  const guard = (): SystemGuard => {
    const made = new SystemGuard(
      'user-provisioner',
      'lms',
      table,
      () => {
        probes++;
        return up ? Promise.resolve() : Promise.reject(reason);
      },
      () => (databaseUp ? Promise.resolve() : Promise.reject(new Error('away'))),
      times,
    );
    guards.push(made);
    return made;
  };

  beforeEach(() => {
    table = new Table();
    up = true;
    probes = 0;
    databaseUp = true;
    reason = new Error('away');
    guards = [];
  });
  afterEach(() => guards.forEach((each) => each.close()));

  it('a probe that finds a wrong setting makes a pause with its cure, during an outage too', async () => {
    up = false;
    reason = wrongToken;
    const one = guard();
    expect(await one.judge(away.failure, away)).toBe('handBack');
    expect(table.rows).toMatchObject([{ kind: 'configuration', cure: { en: 'renew' } }]);
    reason = new Error('away');
    table.rows = [];
    await one.judge(away.failure, away);
    expect(table.rows).toMatchObject([{ kind: 'outage' }]);
    reason = wrongToken;
    expect(await one.admission(never)).toBe('trial');
    expect(table.rows).toMatchObject([{ kind: 'configuration', cure: { en: 'renew' } }]);
  });

  it('asks the probe once, and blames the message when the system answers', async () => {
    const own = guard();
    expect(await own.admission(never)).toBe('open');
    expect(await own.judge(away.failure, away)).toBe('ladder');
    expect(probes).toBe(1);
    expect(table.rows).toHaveLength(0);
    expect(own.paused().aborted).toBe(false);
  });

  it('pauses when the probe fails too, probes at each half-open, and opens by itself when the system is back', async () => {
    const own = guard();
    await own.admission(never);
    up = false;
    expect(await own.judge(away.failure, away)).toBe('handBack');
    expect(own.paused().aborted).toBe(true);
    expect(table.rows).toMatchObject([{ kind: 'outage', reason: away.failure.reason, by: 'user-provisioner' }]);

    const admitted = own.admission(never);
    const before = probes;
    await whenever(() => probes >= before + 2);
    expect(table.rows).toHaveLength(1);
    up = true;
    expect(await admitted).toBe('open');
    expect(table.rows).toHaveLength(0);
  });

  it('finds the pause of another process, and probes before it works', async () => {
    await table.put({
      system: 'lms',
      service: 'user-provisioner',
      kind: 'outage',
      reason: away.failure.reason,
      by: 'x',
    });
    expect(await guard().admission(never)).toBe('open');
    expect(probes).toBe(1);
    expect(table.rows).toHaveLength(0);
  });

  it('pauses for a wrong setting without a probe, tries one message after its time, and goes on when it is mended', async () => {
    const own = guard();
    await own.admission(never);
    expect(await own.judge(wrongToken.failure, wrongToken)).toBe('handBack');
    expect(probes).toBe(0);
    expect(table.rows).toMatchObject([{ kind: 'configuration', cure: { en: 'renew' } }]);
    const begun = Date.now();
    expect(await own.admission(never)).toBe('trial');
    expect(Date.now() - begun).toBeGreaterThanOrEqual(times.trialEvery - 10);
    expect(own.paused().aborted).toBe(false);

    expect(await own.judge(wrongToken.failure, wrongToken)).toBe('handBack'); // still wrong
    expect(await own.admission(never)).toBe('trial');
    await own.mended();
    expect(await own.admission(never)).toBe('open');
  });

  it('ends work at once when a person pauses, and waits until a person resumes', async () => {
    const own = guard();
    await own.admission(never);
    await table.put({
      system: 'lms',
      service: 'user-provisioner',
      kind: 'person',
      reason: { ru: '', en: '' },
      by: 'Ann',
    });
    expect(own.paused().aborted).toBe(true);
    const admitted = own.admission(never);
    let open = false;
    void admitted.then(() => (open = true));
    await table.put({
      system: 'lms',
      service: 'user-provisioner',
      kind: 'outage',
      reason: { ru: '', en: '' },
      by: 'x',
    });
    await table.lift({ kind: 'outage' });
    expect(open).toBe(false);
    await table.lift({ kind: 'person' });
    expect(await admitted).toBe('open');
  });

  const personPauses = () =>
    table.put({ system: 'lms', service: 'user-provisioner', kind: 'person', reason: { ru: '', en: '' }, by: 'Ann' });

  it('ends a trial too when a person pauses, and tries nothing while that pause stands', async () => {
    const own = guard();
    await own.judge(wrongToken.failure, wrongToken);
    expect(await own.admission(never)).toBe('trial');
    await personPauses();
    expect(own.paused().aborted).toBe(true);
    let admitted = false;
    void own.admission(never).then(() => (admitted = true));
    await new Promise((resolve) => setTimeout(resolve, 2 * times.trialEvery));
    expect(admitted).toBe(false);
  });

  it('asks no probe at half-open when a person has paused meanwhile', async () => {
    const own = guard();
    await own.admission(never);
    up = false;
    await own.judge(away.failure, away);
    void own.admission(never);
    await personPauses();
    const before = probes;
    await new Promise((resolve) => setTimeout(resolve, 3 * times.probeEvery));
    expect(probes).toBe(before);
  });

  it('asks no probe at half-open when somebody else has lifted the outage and another pause stands', async () => {
    const own = guard();
    await own.admission(never);
    up = false;
    await own.judge(away.failure, away);
    const admitted = own.admission(never);
    const before = probes;
    await table.put({
      system: 'lms',
      service: 'user-provisioner',
      kind: 'configuration',
      reason: { ru: '', en: '' },
      by: 'x',
    });
    await table.lift({ kind: 'outage' });
    expect(await admitted).toBe('trial');
    expect(probes).toBe(before);
  });

  it('waits for the database when that is what failed', async () => {
    const own = guard();
    await own.admission(never);
    databaseUp = false;
    const { failure } = failed('outage', 'database-away', { ru: '', en: '' });
    expect(await own.judge(failure, undefined)).toBe('handBack');
    expect(own.paused().aborted).toBe(true);
    expect(table.rows).toHaveLength(0); // there is no table to write to
    const admitted = own.admission(never);
    databaseUp = true;
    expect(await admitted).toBe('open');
  });

  it('rests longer each time the database answers, and fails the work again all the same', async () => {
    const own = guard();
    const { failure } = failed('outage', 'database-away', { ru: '', en: '' });
    const waited: number[] = [];
    for (let again = 0; again < 3; again++) {
      const begun = Date.now();
      await own.admission(never);
      waited.push(Date.now() - begun);
      expect(await own.judge(failure, undefined)).toBe('handBack');
    }
    expect(waited[1]).toBeLessThan(waited[2]!);
    expect(waited[2]).toBeGreaterThanOrEqual(990);
  });

  it('ends the pause where nothing waits by which the setting could be tried', async () => {
    const own = guard();
    await own.admission(never);
    await own.judge(wrongToken.failure, wrongToken);
    expect(await own.admission(never)).toBe('trial');
    await own.untried();
    expect(table.rows).toHaveLength(0);
    expect(await own.admission(never)).toBe('open');
  });

  it('stops waiting when the service stops', async () => {
    await table.put({
      system: 'lms',
      service: 'user-provisioner',
      kind: 'person',
      reason: { ru: '', en: '' },
      by: 'Ann',
    });
    const stopping = new AbortController();
    const admitted = guard().admission(stopping.signal);
    stopping.abort();
    await expect(admitted).rejects.toThrow();
  });
});

async function whenever(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
