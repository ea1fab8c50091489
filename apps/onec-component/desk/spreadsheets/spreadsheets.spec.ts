import 'reflect-metadata';
import { strToU8, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import { signDoorToken } from '#http-api';
import { openDesk, type Desk } from '../../testing/desk.js';
import { curriculum, handmadeUniversity, line } from '../../testing/handmade-university.js';
import { openRegisters, type Registers } from '../../testing/registers.js';
import { withinBounds } from './archive.js';

let registers: Registers;
let desk: Desk;
const university = handmadeUniversity(() => registers);
beforeAll(async () => {
  registers = await openRegisters();
  desk = await openDesk(registers);
  await university.begin();
  const { made } = university;
  made.curricula.length = 0;
  made.curricula.push(curriculum('000321', { name: '=HYPERLINK("http://x")' }));
  made.disciplines.push({ kind: 'Discipline', code: 'д1', name: 'Физика; часть "1"' });
  const plan = { curriculum: '000321', department: '008' };
  university.document('2025-09-01T00:00:00', line('д1', 5, plan), line('д2', 0, plan), line('д3', 7, plan));
  await university.fill();
}, 60_000);
afterAll(async () => {
  await desk.close();
  await registers.close();
});

const developer = () => desk.as('ELSCurriculumDeveloper');
const preview = (file: Uint8Array) =>
  developer().send('POST', '/api/desk/bindings/spreadsheet', {
    system: '1',
    file: Buffer.from(file).toString('base64'),
  });
const exported = async (format: string, display = 'all') => {
  const target = `/api/desk/bindings/spreadsheet?system=1&format=${format}&display=${display}`;
  const bearer = { login: 'a', name: 'А. А.', grants: [{ role: 'viewer' as const }] };
  const token = await signDoorToken(desk.first.secret, 'onec-component', bearer, { method: 'GET', target });
  const response = await fetch(`${desk.url}${target}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="bindings.${format}"`);
  return Buffer.from(await response.arrayBuffer());
};
const head = 'Код плана;Код кафедры;Вид;Код дисциплины;Семестр;Курс';
const csv = (...rows: string[]) => Buffer.from([head, ...rows].join('\r\n'));
const changes = [
  expect.objectContaining({ curriculum: '000321', department: '008', discipline: 'д2', from: 0, to: 9 }),
];

test('a file that went out comes in again and changes nothing; what looks like a formula is text', async () => {
  const text = (await exported('csv')).toString();
  expect(text.startsWith('\uFEFFКод плана;Учебный план;')).toBe(true);
  expect(text).toContain(`;"'=HYPERLINK(""http://x"")";`);
  expect(text).toContain('"Физика; часть ""1"""');
  for (const format of ['csv', 'xlsx'])
    expect(await preview(await exported(format))).toMatchObject({
      status: 200,
      body: { same: 3, changes: [], faulty: 0 },
    });
});

test('of the empty bindings only those go out that a file is to fill', async () => {
  expect((await exported('csv')).toString().trim().split('\r\n')).toHaveLength(4);
  const { curricula } = university.made;
  curricula[0]!.lines = ['д2', 'д3'].map((discipline) => ({
    ...{ disciplineKind: 'Discipline' as const, discipline, semester: 3, department: '008' },
  }));
  await university.fill();
  const [, ...rows] = (await exported('csv', 'empty')).toString().trim().split('\r\n');
  expect(rows).toEqual([expect.stringMatching(/;д2;.*;3;0$/)]);
});

test('CSV of Russian Excel: windows-1251, semicolons, codes without their zeros, blanks in numbers', async () => {
  const text = `${head}\r\n321;8;Discipline;д2;3;9\r\n321;8;Discipline;д1;3;\r\n`;
  const cyrillic = [...text].map((letter) => {
    const code = letter.charCodeAt(0);
    return code < 128 ? code : code - 0x410 + 0xc0;
  });
  expect((await preview(Buffer.from(cyrillic))).body).toMatchObject({ same: 1, changes, faulty: 0 });
  const spaced = csv('000321;008;discipline;д2;3;1\u00A0200');
  expect((await preview(spaced)).body.changes).toMatchObject([{ to: 1200 }]);
});

test('XLSX with its columns in another order and English heads', async () => {
  const heads = ['Course', 'Semester', 'Discipline code', 'Kind', 'Department code', 'Curriculum code', 'Remark'];
  const file = await writeXlsxFile([heads, [9, 3, 'д2', 'Discipline', '008', '000321', 'x']]).toBuffer();
  expect((await preview(file)).body).toMatchObject({ changes, faulty: 0 });
});

test('what cannot stand is told by row, and the rest stands', async () => {
  const { body } = await preview(
    csv(
      '000321;008;Discipline;д2;3;9',
      '000321;008;Discipline;д2;3;10',
      '000321;008;Discipline;д9;3;9',
      '000321;008;Discipline;д3;3;-1',
      '000321;008;Discipline;д3;3;99999999999',
      ';;;;;',
    ),
  );
  expect(body).toMatchObject({ changes, faulty: 4, faults: [{ row: 3 }, { row: 4 }, { row: 5 }, { row: 6 }] });
  expect(body.faults[1].text.ru).toContain('такой привязки');
});

test('an entry that says it is smaller than it is, is unpacked no further than it says', () => {
  const archive = zipSync({ 'a.xml': new Uint8Array(1_000_000) });
  const view = new DataView(archive.buffer, archive.byteOffset);
  let entry = archive.length - 4;
  while (view.getUint32(entry, true) !== 0x02014b50) entry--;
  view.setUint32(entry + 24, 1_000, true);
  expect(withinBounds(archive).length).toBeLessThan(2_000);
});

test('what is no table, too large, or a bomb is refused by name', async () => {
  const part = (size: number) => new Uint8Array(size);
  const files: [Uint8Array, string][] = [
    [Buffer.from('просто текст'), 'нет столбцов'],
    [Buffer.from('PKничего'), 'не таблица'],
    [zipSync({ 'a.xml': strToU8('<a/>') }), 'не таблица'],
    [zipSync({ 'xl/sheet.xml': part(45 * 1024 * 1024) }, { level: 1 }), 'распаковывается'],
    [zipSync(Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`${i}.xml`, part(1)]))), 'распаковывается'],
    [zipSync({ 'xl/workbook.xml': strToU8('<!DOCTYPE x [<!ENTITY a "b">]><x/>') }), 'DOCTYPE'],
    [csv(...Array.from({ length: 20_001 }, () => '1;2;Discipline;3;4;5')), 'больше 20000'],
  ];
  for (const [file, why] of files)
    expect(await preview(file)).toMatchObject({ status: 422, body: { detail: expect.stringContaining(why) } });
  expect((await preview(part(2 * 1024 * 1024 + 10))).status).toBe(400);
});
