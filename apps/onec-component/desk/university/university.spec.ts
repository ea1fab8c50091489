import 'reflect-metadata';
import { openDesk, type Desk } from '../../testing/desk.js';
import { curriculum, group, handmadeUniversity, line } from '../../testing/handmade-university.js';
import { openRegisters, type Registers } from '../../testing/registers.js';

let registers: Registers;
let desk: Desk;
const university = handmadeUniversity(() => registers);
beforeAll(async () => {
  registers = await openRegisters();
  desk = await openDesk(registers);
  await university.begin();
  const { made } = university;
  made.curricula.length = 0;
  made.departments.push({ code: '802', name: 'Кафедра физики' });
  made.disciplines.push({ kind: 'Discipline', code: 'д1', name: 'Физика' });
  const lines = [{ disciplineKind: 'Discipline' as const, discipline: 'д1', semester: 3, department: '802' }];
  made.curricula.push(
    curriculum('план', { name: 'Ёмкий план', graduatingDepartment: '802', level: 'Бакалавриат', lines }),
    curriculum('шаблон', { template: true }),
    curriculum('старый', { year: 2020, mode: 'Заочная' }),
  );
  made.groups.push(group('г2', { year: 2019 }));
  university.student('1');
  university.student('2', [{ semester: 5 }]);
  university.student('3', [{ status: 'Expelled' }], [{ lastname: 'Иванов' }]);
  university.student('4', [{ group: 'г2' }]);
  const inDepartment = { department: '802' };
  university.document('2025-09-01T00:00:00', line('д1', 5, inDepartment), line('д2', 5), line('д3', 8), line('д4', 9));
  university.document('2025-09-02T00:00:00', line('д4', 0));
  await university.fill();
}, 60_000);
afterAll(async () => {
  await desk.close();
  await registers.close();
});
const get = async (target: string) => (await desk.as('ELSCurriculumDeveloper').get(`/api/desk/${target}`)).body;
const codes = (rows: { code: string }[]): string[] => rows.map(({ code }) => code);
const part = encodeURIComponent;

test('curricula, by what the filter blocks offer', async () => {
  expect(await get('filters')).toMatchObject({
    departments: [{ code: '802', name: 'Кафедра физики' }],
    levels: ['Бакалавриат'],
    modes: ['Заочная', 'Очная'],
    years: [2020, 2024],
    semesters: [3],
  });
  const list = async (query: string) => {
    const { curricula, total } = await get(`curricula?${query}`);
    return [...codes(curricula), total];
  };
  expect((await list('')).sort()).toEqual(['план', 'старый', 'шаблон', 3].sort());
  expect(await list(`text=${part('емкий')}`)).toEqual(['план', 1]);
  expect(await list('department=802')).toEqual(['план', 1]);
  expect(await list(`mode=${part('Заочная')}`)).toEqual(['старый', 1]);
  expect(await list('approved=false')).toEqual(['шаблон', 1]);
  expect(await list('year=2024&size=1&page=2')).toHaveLength(2);
  expect(await get(`curricula/${part('план')}`)).toMatchObject({
    approved: true,
    graduatingDepartmentName: 'Кафедра физики',
    lines: [{ disciplineName: 'Физика', semester: 3, departmentName: 'Кафедра физики' }],
  });
  expect((await desk.as('viewer').get('/api/desk/curricula/no')).status).toBe(404);
});

test('groups, and which courses each semester of one has now', async () => {
  const { groups, total } = await get('groups');
  expect(total).toBe(2);
  expect(groups).toMatchObject([
    { code: 'г1', curricula: ['план'], students: 2 },
    { code: 'г2', curricula: [], students: 1 },
  ]);
  expect(codes((await get(`groups?curriculum=${part('план')}`)).groups)).toEqual(['г1']);
  expect(codes((await get(`groups?text=${part('ГРУППА г2')}`)).groups)).toEqual(['г2']);
  expect(await get(`groups/${part('г1')}/courses?system=1`)).toMatchObject({
    semesters: [
      {
        semester: 3,
        students: 1,
        courses: [
          { courseId: 5, disciplines: [{ name: 'Физика', department: 'Кафедра физики' }, { name: 'д2' }] },
          { courseId: 8, disciplines: [{ name: 'д3', number: '1', author: 'Иванов И. И.' }] },
        ],
      },
      { semester: 5, students: 1, courses: [] },
    ],
  });
  expect((await get(`groups/${part('г2')}/courses?system=1`)).semesters).toMatchObject([{ courses: [] }]);
});

test('students, and which courses one has now or what is wrong with them', async () => {
  const list = async (query: string) => {
    const { students, total } = await get(`students/list?${query}`);
    return [...codes(students), total];
  };
  expect(await list('continues=true')).toEqual(['1', '2', '4', 3]);
  expect(await list(`group=${part('г2')}`)).toEqual(['4', 1]);
  expect(await list(`text=${part('иванов')}`)).toEqual(['3', 1]);
  expect(await list('size=1&page=2&continues=true')).toEqual(['2', 3]);
  expect(await get('students/1/courses?system=1')).toMatchObject({
    name: expect.stringMatching(/^\S+ \S+/),
    fault: null,
    courses: [{ courseId: 5 }, { courseId: 8 }],
  });
  expect(await get('students/1/courses?system=2')).toMatchObject({ fault: null, courses: [] });
  expect(await get('students/4/courses?system=1')).toMatchObject({ fault: 'ES Error', curriculum: null });
  const offered = (await university.page()).find(({ code }) => code === '1');
  expect(offered?.courses).toEqual([5, 8]);
});

test('names are for those who see them', async () => {
  expect((await desk.as('viewer').get('/api/desk/students/list')).status).toBe(403);
});
