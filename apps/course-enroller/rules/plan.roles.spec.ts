import { afterReading, changesOf, type Entry, type Standing } from './plan.js';

const standing = (given: Partial<Standing> = {}): Standing => ({
  ...{ roleIds: [5], begin: 0, end: 0, suspended: false },
  ...given,
});

describe('several roles in one course', () => {
  const both = new Map<number, Entry>([[1, { made: standing({ roleIds: [3, 5] }) }]]);
  const want = (...roleIds: number[]) => new Map([[1, { roleIds }]]);

  it('are given together; of a change only what is new is sent', () => {
    expect(changesOf(new Map(), want(3, 5), 'keep')).toMatchObject([{ kind: 'enrolled', giveRoleIds: [3, 5] }]);
    expect(changesOf(both, want(3, 5), 'keep')).toEqual([]);
    expect(changesOf(both, want(3, 4, 5), 'keep')).toMatchObject([{ kind: 'updated', giveRoleIds: [4] }]);
  });

  it('leave one by one: who loses one keeps the other', () => {
    expect(changesOf(both, want(3), 'keep')).toEqual([
      { courseId: 1, kind: 'updated', to: standing({ roleIds: [3] }), giveRoleIds: [], formerRoleIds: [5] },
    ]);
  });

  it('share their times: one of them carries a change', () => {
    expect(changesOf(both, new Map([[1, { roleIds: [3, 5], end: 9 }]]), 'keep')).toMatchObject([{ giveRoleIds: [3] }]);
    expect(changesOf(both, new Map(), 'suspend')).toMatchObject([{ kind: 'suspended', giveRoleIds: [3] }]);
  });

  it('of which it is not sure which are held are put right with the suspension too', () => {
    const unsure = new Map<number, Entry>([[1, { made: standing({ roleIds: [3] }), unsure: [5] }]]);
    expect(changesOf(unsure, new Map(), 'suspend')).toMatchObject([
      { kind: 'suspended', giveRoleIds: [3], formerRoleIds: [5] },
    ]);
  });

  it('lost on the way are confirmed only where Moodle shows all of them', () => {
    const adding = new Map([[1, { made: standing(), noted: standing({ roleIds: [3, 4, 5] }) }]]);
    const after = (...roleIds: number[]) => afterReading(adding, [1], new Map([[1, { roleIds, suspended: false }]]));
    expect(after(3, 4, 5).confirmed).toEqual([1]);
    expect(after(5).entries.get(1)).toEqual({ made: standing() });
    expect(after(4, 5).entries.get(1)).toEqual({ made: standing({ roleIds: [3, 4, 5] }), unsure: [5, 4] });
  });
});
