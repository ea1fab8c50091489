import type { BindingChanged } from '#contracts';
import { study } from '../testing/studies.js';
import { curriculaOf, newestBindings } from './bindings.js';
import { bindingKey, type Binding } from './study.js';

const changed = (sequence: number, courses: number[], semester = 1): BindingChanged => ({
  system: 'lms',
  curriculum: 'C',
  semester,
  courses,
  sequence,
});

describe('binding changes', () => {
  const known = new Map<string, Binding>([[bindingKey({ curriculum: 'C', semester: 1 }), changed(5, [1])]]);

  it('the newest of each curriculum and semester wins, older ones are superseded', () => {
    const batch = [changed(7, [3, 2, 3]), changed(6, [9]), changed(1, [4], 2)];
    const { newest, isSuperseded } = newestBindings(batch, known);
    expect(newest).toEqual([
      { curriculum: 'C', semester: 1, courses: [2, 3], sequence: 7 },
      { curriculum: 'C', semester: 2, courses: [4], sequence: 1 },
    ]);
    expect(batch.map(isSuperseded)).toEqual([false, true, false]);
  });

  it('the same sequence again is told again: the first time may have ended half way', () => {
    expect(newestBindings([changed(5, [1])], known).newest).toHaveLength(1);
    const older = newestBindings([changed(4, [1])], known);
    expect([older.newest, older.isSuperseded(changed(4, [1]))]).toEqual([[], true]);
  });
});

it('bindings are looked up for each curriculum and semester once, and for no study without them', () => {
  const studies = [
    study({ code: '1' }),
    study({ code: '2' }),
    study({ code: '3', semester: 2 }),
    study({ code: '4', semester: undefined }),
    study({ code: '5', curriculum: undefined }),
  ];
  expect(curriculaOf(studies)).toEqual([
    { curriculum: 'C', semester: 1 },
    { curriculum: 'C', semester: 2 },
  ]);
});
