import fc from 'fast-check';
import {
  afterEnrolling,
  afterNoting,
  afterReading,
  changesOf,
  coursesToRead,
  type Entry,
  type Found,
  type Removal,
  type Standing,
} from './plan.js';

const standing = (given: Partial<Standing> = {}): Standing => ({
  ...{ roleIds: [5], begin: 0, end: 0, suspended: false },
  ...given,
});
const wants = (...ids: number[]) => new Map(ids.map((id) => [id, { roleIds: [5] }]));

describe('where to look before writing', () => {
  it('is nowhere for a fresh account, and at what is unknown otherwise', () => {
    const entries = new Map<number, Entry>([
      [1, { made: standing() }],
      [2, { theirs: true }],
    ]);
    expect(coursesToRead(entries, wants(1, 2, 3), false, 'keep')).toEqual([3]);
    expect(coursesToRead(entries, wants(1, 2, 3), true, 'keep')).toEqual([]);
  });

  it('is at what was noted without a result, fresh or not; when nobody wants it any more, only to suspend it', () => {
    const entries = new Map<number, Entry>([
      [1, { noted: standing() }],
      [2, { made: standing(), noted: standing({ end: 9 }) }],
    ]);
    expect(coursesToRead(entries, wants(1), true, 'keep')).toEqual([1]);
    expect(coursesToRead(entries, wants(1), true, 'suspend')).toEqual([1, 2]);
    expect(coursesToRead(new Map([[3, { noted: standing() }]]), wants(3, 1), false, 'keep')).toEqual([1, 3]);
  });
});

describe('after looking', () => {
  const found = (given: Partial<Found> = {}) => new Map([[1, { roleIds: [5], suspended: false, ...given }]]);

  it('what stands and was noted is ours, what stands and was never noted is theirs', () => {
    expect(afterReading(new Map([[1, { noted: standing() }]]), [1], found())).toEqual({
      entries: new Map([[1, { made: standing() }]]),
      confirmed: [1],
    });
    expect(afterReading(new Map(), [1], found()).entries.get(1)).toEqual({ theirs: true });
  });

  it('what was noted and does not stand was never done, or is gone', () => {
    expect(afterReading(new Map([[1, { noted: standing() }]]), [1], new Map()).entries.size).toBe(0);
    expect(
      afterReading(new Map([[1, { made: standing(), noted: standing({ end: 1 }) }]]), [1], new Map()).entries.size,
    ).toBe(0);
  });

  it('a noted change is confirmed only where Moodle shows it: suspension yes, times never', () => {
    const suspending = new Map([[1, { made: standing(), noted: standing({ suspended: true }) }]]);
    expect(afterReading(suspending, [1], found({ suspended: true })).confirmed).toEqual([1]);
    expect(afterReading(suspending, [1], found()).entries.get(1)).toEqual({ made: standing() });
    const moving = new Map([[1, { made: standing(), noted: standing({ end: 5 }) }]]);
    expect(afterReading(moving, [1], found()).entries.get(1)).toEqual({ made: standing({ end: 5 }), unsure: [5] });
  });

  it('a noted change of role is done once the former role is gone too', () => {
    const changing = new Map([[1, { made: standing(), noted: standing({ roleIds: [3] }) }]]);
    expect(afterReading(changing, [1], found({ roleIds: [3] })).confirmed).toEqual([1]);
    expect(afterReading(changing, [1], found({ roleIds: [5] })).entries.get(1)).toEqual({ made: standing() });
    const half = afterReading(changing, [1], found({ roleIds: [3, 5] })).entries;
    expect(changesOf(half, new Map([[1, { roleIds: [3] }]]), 'keep')).toMatchObject([{ formerRoleIds: [5] }]);
    expect(changesOf(half, wants(1), 'keep')).toMatchObject([{ formerRoleIds: [3] }]);
  });
});

describe('after looking at what had no note', () => {
  const ours = new Map([[1, { made: standing({ begin: 7 }) }]]);

  it('it stands as it is found there, and nothing is confirmed', () => {
    for (const [suspended, after] of [
      [true, true],
      [false, false],
      [undefined, false],
    ] as const)
      expect(afterReading(ours, [1], new Map([[1, { roleIds: [5], suspended }]]))).toEqual({
        entries: new Map([[1, { made: standing({ begin: 7, suspended: after }) }]]),
        confirmed: [],
      });
  });
});

describe('a change of role whose answer was lost', () => {
  const changing = (more: Partial<Entry> = {}) =>
    new Map<number, Entry>([[1, { made: standing(), noted: standing({ roleIds: [3] }), ...more }]]);
  const after = (entries: Map<number, Entry>, roleIds: number[], suspended = false) =>
    afterReading(entries, [1], new Map([[1, { roleIds, suspended }]]));

  it('is sent anew where Moodle shows neither before nor after; only roles that are held are taken away', () => {
    const unsure = { made: standing({ roleIds: [3] }), unsure: [5, 3] };
    expect(after(changing(), [3, 5, 9])).toEqual({ entries: new Map([[1, unsure]]), confirmed: [] });
    expect(after(changing({ unsure: [9, 8] }), [9]).entries.get(1)!.unsure).toEqual([9]);
    expect(after(changing(), []).entries.get(1)!.unsure).toEqual([]);
  });

  it('is neither done nor undone by a role alone: the suspension must fit too', () => {
    for (const role of [3, 5])
      expect(after(changing(), [role], true)).toEqual({
        entries: new Map([[1, { made: standing({ roleIds: [3], suspended: true }), unsure: [role] }]]),
        confirmed: [],
      });
  });

  it('that was never made stands as it stood', () => {
    expect(after(changing(), [5])).toEqual({ entries: new Map([[1, { made: standing() }]]), confirmed: [] });
  });
});

describe('the page of an account', () => {
  it('notes what is to be done, and forgets what others made where nobody wants it any more', () => {
    const entries = new Map<number, Entry>([
      [1, { theirs: true }],
      [2, { theirs: true }],
      [3, { made: standing() }],
    ]);
    const change = { courseId: 3, kind: 'updated' as const, to: standing({ end: 9 }), giveRoleIds: [5] };
    expect(afterNoting(entries, [change], wants(1, 3))).toEqual(
      new Map<number, Entry>([
        [1, { theirs: true }],
        [3, { made: standing(), noted: standing({ end: 9 }) }],
      ]),
    );
  });

  it('records what was done; what was refused stands as it stood, or does not stand', () => {
    const entries = new Map<number, Entry>([
      [1, { made: standing(), noted: standing({ end: 9 }) }],
      [2, { made: standing(), noted: standing({ end: 9 }), unsure: [4] }],
      [3, { made: standing(), noted: standing({ end: 9 }) }],
      [4, { noted: standing() }],
    ]);
    expect(afterEnrolling(entries, [1], [2, 3, 4])).toEqual(
      new Map<number, Entry>([
        [1, { made: standing({ end: 9 }) }],
        [2, { made: standing(), unsure: [4] }],
        [3, { made: standing() }],
      ]),
    );
  });
});

describe('the differences', () => {
  it('are sorted by course, and begin without times where none are told', () => {
    expect(changesOf(new Map(), wants(9, 2), 'keep')).toEqual([
      { courseId: 2, kind: 'enrolled', to: standing(), giveRoleIds: [5] },
      { courseId: 9, kind: 'enrolled', to: standing(), giveRoleIds: [5] },
    ]);
  });

  it('never hold what stands as wanted, nor what others made', () => {
    const entries = new Map<number, Entry>([
      [1, { made: standing({ begin: 7, end: 8 }) }],
      [2, { theirs: true }],
    ]);
    expect(changesOf(entries, wants(1, 2), 'suspend')).toEqual([]);
    expect(changesOf(entries, new Map(), 'keep')).toEqual([]);
  });

  it('send known times, and keep those that are no longer told', () => {
    const entries = new Map<number, Entry>([[1, { made: standing({ begin: 7, end: 8 }) }]]);
    expect(changesOf(entries, new Map([[1, { roleIds: [5], end: 9 }]]), 'keep')).toEqual([
      { courseId: 1, to: standing({ begin: 7, end: 9 }), kind: 'updated', giveRoleIds: [5] },
    ]);
  });

  it('suspend what we made with its times, and bring it back', () => {
    const ours = new Map<number, Entry>([[1, { made: standing({ begin: 7 }) }]]);
    expect(changesOf(ours, new Map(), 'suspend')).toEqual([
      { courseId: 1, to: standing({ begin: 7, suspended: true }), kind: 'suspended', giveRoleIds: [5] },
    ]);
    const gone = new Map<number, Entry>([[1, { made: standing({ begin: 7, suspended: true }) }]]);
    expect(changesOf(gone, new Map(), 'suspend')).toEqual([]);
    expect(changesOf(gone, wants(1), 'keep')).toEqual([
      { courseId: 1, to: standing({ begin: 7 }), kind: 'enrolled', giveRoleIds: [5] },
    ]);
  });

  it('name the role to be taken away', () => {
    expect(changesOf(new Map([[1, { made: standing() }]]), new Map([[1, { roleIds: [3] }]]), 'keep')).toEqual([
      { courseId: 1, to: standing({ roleIds: [3] }), kind: 'updated', giveRoleIds: [3], formerRoleIds: [5] },
    ]);
  });
});

/** One account in a Moodle that does what it is told; the answer of any call may be lost, before or after the deed. */
describe('whatever is lost on the way', () => {
  const want = fc.dictionary(
    fc.constantFrom('1', '2', '3', '4'),
    fc.record({
      roleIds: fc.constantFrom([5], [3], [3, 5]),
      begin: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    }),
    { noNullPrototype: true },
  );
  const step = fc.record({
    want,
    call: fc.constantFrom('answered', 'lost before', 'lost half', 'lost after', 'refused'),
  });

  it('ends in what the last wish says, others’ work untouched, nobody greeted twice', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.subarray([1, 2, 3, 4]),
        fc.constantFrom<Removal>('keep', 'suspend'),
        (steps, byHand, removal) => {
          const moodle = new Map<number, Standing>(byHand.map((id) => [id, standing({ roleIds: [4] })]));
          let sentTwice = 0;
          let entries = new Map<number, Entry>();
          const turn = (wish: (typeof steps)[number]['want'], call: string) => {
            const wanted = new Map(Object.entries(wish).map(([id, each]) => [Number(id), each]));
            const read = coursesToRead(entries, wanted, false, removal);
            const found = new Map(
              [...moodle].map(([id, { roleIds, suspended }]) => [id, { roleIds: [...roleIds], suspended }]),
            );
            entries = afterReading(entries, read, found).entries;
            const changes = changesOf(entries, wanted, removal);
            entries = afterNoting(entries, changes, wanted);
            if (call === 'answered' || call === 'lost after' || call === 'lost half')
              for (const { courseId, to, giveRoleIds, formerRoleIds = [] } of changes) {
                const before = moodle.get(courseId);
                const held = before?.roleIds ?? [];
                const adds = giveRoleIds.some((id) => !held.includes(id));
                const sends = giveRoleIds.length > 0;
                if (before && sends && !adds && before.suspended === to.suspended && before.begin === to.begin)
                  sentTwice++;
                const given = [...new Set([...held, ...giveRoleIds])].sort();
                const taken = call === 'lost half' ? [] : formerRoleIds;
                const terms = before && !sends ? before : to;
                moodle.set(courseId, { ...terms, roleIds: given.filter((id) => !taken.includes(id)) });
              }
            const ids = changes.map((change) => change.courseId);
            if (call === 'answered') entries = afterEnrolling(entries, ids, []);
            if (call === 'refused') entries = afterEnrolling(entries, [], ids);
          };
          for (const { want: wish, call } of steps) turn(wish, call);
          const last = steps.at(-1)!.want;
          const timesLost =
            steps.some(({ call }) => call.startsWith('lost')) &&
            steps.some(({ want: wish }) => Object.values(wish).some(({ begin }) => begin !== undefined));
          const halfDone = steps.some(({ call }) => call === 'lost half');
          turn(last, 'answered');
          if (!timesLost && !halfDone) expect(sentTwice).toBe(0);
          for (const id of [1, 2, 3, 4]) {
            const stands = moodle.get(id);
            if (byHand.includes(id)) expect(stands).toEqual(standing({ roleIds: [4] }));
            else if (id in last) {
              expect(stands).toMatchObject({ suspended: false, roleIds: last[id]!.roleIds });
              if (last[id]!.begin !== undefined) expect(stands!.begin).toBe(last[id]!.begin);
            } else if (stands) expect(stands.suspended).toBe(removal === 'suspend');
          }
          const quiet = changesOf(
            entries,
            new Map(Object.entries(last).map(([id, each]) => [Number(id), each])),
            removal,
          );
          expect(quiet).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
