import fc from 'fast-check';
import { enrollerSetup, userProvisioned } from './testing/setup.js';

const setup = enrollerSetup();
const roles = { student: 5, teacher: 4, editor: 3 };

const wish = fc.record({
  person: fc.nat({ max: 1 }),
  courses: fc.uniqueArray(
    fc.record({
      idnumber: fc.constantFrom('N1', 'N2', 'N3'),
      role: fc.constantFrom(...(Object.keys(roles) as (keyof typeof roles)[])),
      begin: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    }),
    { maxLength: 5, selector: ({ idnumber, role }) => `${idnumber} ${role}` },
  ),
});
const world = fc.record({
  wishes: fc.array(wish, { minLength: 1, maxLength: 6 }),
  removal: fc.constantFrom('keep' as const, 'suspend' as const),
  fault: fc.constantFrom('none' as const, 'lostAnswer' as const, 'reset' as const),
  of: fc.constantFrom('enrol_manual_enrol_users', 'core_role_unassign_roles', 'core_course_create_courses'),
  restarts: fc.boolean(),
});

/** Said in order, each until it is done: answers are lost, connections cut, processes begin anew. */
it('wishes of several roles, in courses that have to be made, end in what the last ones say', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ wishes, removal, fault, of, restarts }) => {
      await setup.clean();
      const { state, switches } = setup.sandbox;
      switches.assignableRoles = Object.values(roles);
      if (fault !== 'none') switches.faults = [{ kind: fault, functions: [of], times: 3, probability: 0.5 }];
      const people = ['1', '2'].map((code) => ({ code, user: setup.account(code) }));
      const rules = { roles, removal, newCourseCategory: 1 };
      let enroller = setup.enroller(rules);
      const last = new Map<number, (typeof wishes)[number]['courses']>();
      for (const [index, { person, courses }] of wishes.entries()) {
        last.set(person, courses);
        const event = userProvisioned({
          ...people[person]!,
          origin: 'ims',
          revision: 1000 + index,
          courses: courses.map((course) => ({ ...course, create: { fullname: course.idnumber } })),
        });
        for (let turn = 0; ; turn++) {
          expect(turn).toBeLessThan(20);
          if (restarts) enroller = setup.enroller(rules);
          const [outcome] = await setup.deliver(enroller, [event]);
          if (outcome!.kind === 'done') break;
          expect(['retry', 'handBack']).toContain(outcome!.kind);
        }
      }
      const idnumbers = new Set(wishes.flatMap(({ courses }) => courses.map(({ idnumber }) => idnumber)));
      for (const idnumber of idnumbers) {
        const made = [...state.courses.all()].filter((course) => course.idnumber === idnumber);
        expect(made).toMatchObject([{ visible: false, shortname: idnumber }]);
        for (const [person, courses] of last) {
          const stands = state.enrolments.get(made[0]!.id, people[person]!.user);
          const wanted = courses.filter((course) => course.idnumber === idnumber);
          if (wanted.length === 0) {
            if (stands) expect(stands.suspended).toBe(removal === 'suspend');
            continue;
          }
          expect(stands).toMatchObject({
            suspended: false,
            timestart: Math.min(...wanted.map(({ begin = 0 }) => begin)),
          });
          expect([...stands!.roles].sort()).toEqual(wanted.map(({ role }) => roles[role]).sort());
        }
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
