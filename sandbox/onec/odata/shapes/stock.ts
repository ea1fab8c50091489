import { approvedPlan, continues, type Programme, type University } from '../../university/university.js';
import { catalogRow, documentRow, ofDocument, ofRecord, type Row, type Shape } from '../table.js';
import { catalog, facultyOf, keyOf, shapeOf, words } from './directory.js';

const programmeOf = ({ field, profile, mode }: Programme): Row => ({
  Специальность_Key: keyOf('Catalog_Специальности', field),
  Специализация_Key: keyOf('Catalog_Специализации', profile),
  ФормаОбучения_Key: keyOf('Catalog_ФормаОбучения', mode),
});
const ofProgramme = {
  Специальность_Key: 'Edm.Guid',
  Специализация_Key: 'Edm.Guid',
  ФормаОбучения_Key: 'Edm.Guid',
} as const;
const stateOf = (status: string): string => (status === continues ? 'Является студентом' : status);
const courseOf = (semester: number | null): number | null => (semester === null ? null : Math.ceil(semester / 2));
const unit = (code: string | null): string => keyOf('Catalog_СтруктураУниверситета', code);

/** Which plan a student of the group follows: stock 1C:University keeps it in the state itself. */
function plansOfGroups(university: University): Map<string, string | null> {
  const key = ({ year, field, profile, mode, site }: Programme) => JSON.stringify([year, field, profile, mode, site]);
  const usable = university.curricula.filter((plan) => !plan.template && plan.status === approvedPlan);
  const plans = new Map<string, string[]>();
  for (const plan of usable) plans.set(key(plan), [...(plans.get(key(plan)) ?? []), plan.code]);
  return new Map(
    university.groups.map((group) => {
      const [only = null, ...others] = plans.get(key(group)) ?? [];
      return [group.code, others.length > 0 ? null : only];
    }),
  );
}

/** Newest by period and not after the moment. */
function currentNames(university: University, now: string): Map<string, University['names'][number]> {
  const newest = new Map<string, University['names'][number]>();
  for (const name of university.names) {
    const known = newest.get(name.individual);
    if (name.period <= now && (!known || known.period < name.period)) newest.set(name.individual, name);
  }
  return newest;
}

/** Stock 1C:University PROF: record books, СостояниеСтудентов, the curriculum as a document. */
export function stockShape(university: University, now: () => string): Shape {
  const programmes = () => [...university.groups, ...university.curricula];
  return shapeOf([
    catalog(
      'Catalog_ЗачетныеКниги',
      () =>
        university.students.map(({ code, individual }) =>
          catalogRow(keyOf('Catalog_ЗачетныеКниги', code), code.slice(-6), code, { Owner_Key: individual }),
        ),
      { Owner_Key: 'Edm.Guid' },
    ),
    catalog(
      'Catalog_ФизическиеЛица',
      () => {
        const names = currentNames(university, now());
        return [...new Set(university.students.map(({ individual }) => individual))].map((individual, index) => {
          const { lastname = '', firstname = '', middlename = '' } = names.get(individual) ?? {};
          return catalogRow(individual, String(index + 1).padStart(10, '0'), `${lastname} ${firstname}`.trim(), {
            ...{ Фамилия: lastname, Имя: firstname, Отчество: middlename },
          });
        });
      },
      { Фамилия: 'Edm.String', Имя: 'Edm.String', Отчество: 'Edm.String' },
    ),
    {
      set: 'InformationRegister_СостояниеСтудентов_RecordType',
      key: ['Period', 'ЗачетнаяКнига_Key', 'ФизическоеЛицо_Key'],
      fields: {
        ...ofRecord,
        ...{ ФизическоеЛицо_Key: 'Edm.Guid', ЗачетнаяКнига_Key: 'Edm.Guid', Состояние_Key: 'Edm.Guid' },
        ...{ Группа_Key: 'Edm.Guid', Курс_Key: 'Edm.Guid', УчебныйПлан_Key: 'Edm.Guid', Факультет_Key: 'Edm.Guid' },
        ...ofProgramme,
      },
      dimensions: ['ЗачетнаяКнига_Key', 'ФизическоеЛицо_Key'],
      rows: () => {
        const plans = plansOfGroups(university);
        const groups = new Map(university.groups.map((group) => [group.code, group]));
        const individuals = new Map(university.students.map((student) => [student.code, student.individual]));
        return university.statuses.map((status, index) => {
          const group = groups.get(status.group ?? '');
          return {
            Period: status.period,
            Recorder: keyOf('Document_Приказы', Math.floor(index / 500)),
            Recorder_Type: 'StandardODATA.Document_Приказы',
            LineNumber: String((index % 500) + 1),
            Active: true,
            ФизическоеЛицо_Key: individuals.get(status.student) ?? '',
            ЗачетнаяКнига_Key: keyOf('Catalog_ЗачетныеКниги', status.student),
            Состояние_Key: keyOf('Catalog_СостоянияФизическихЛиц', stateOf(status.status)),
            Группа_Key: keyOf('Catalog_УчебныеГруппы', status.group),
            Курс_Key: keyOf('Catalog_Курсы', courseOf(status.semester)),
            УчебныйПлан_Key: keyOf('Document_УчебныйПлан', plans.get(status.group ?? '')),
            Факультет_Key: unit(group ? facultyOf(group.name) : null),
            ...(group
              ? programmeOf(group)
              : programmeOf({ year: null, field: null, profile: null, mode: null, site: null })),
          };
        });
      },
    },
    words('Catalog_СостоянияФизическихЛиц', () => university.statuses.map(({ status }) => stateOf(status))),
    catalog('Catalog_Курсы', () =>
      [1, 2, 3, 4, 5, 6].map((course) =>
        catalogRow(keyOf('Catalog_Курсы', course), `00000000${course}`, `${course} курс`),
      ),
    ),
    catalog(
      'Catalog_УчебныеГруппы',
      () =>
        university.groups.map(({ code, name, year }) =>
          catalogRow(keyOf('Catalog_УчебныеГруппы', code), code, name, { Актуальность: true, ГодНабора: year ?? 0 }),
        ),
      { Актуальность: 'Edm.Boolean', ГодНабора: 'Edm.Int16' },
    ),
    {
      set: 'Document_УчебныйПлан',
      key: ['Ref_Key'],
      fields: { ...ofDocument, ...ofProgramme, Кафедра_Key: 'Edm.Guid', УровеньПодготовки_Key: 'Edm.Guid' },
      parts: { Дисциплины: { Дисциплина_Key: 'Edm.Guid', Семестр: 'Edm.Int16', Кафедра_Key: 'Edm.Guid' } },
      rows: () =>
        university.curricula.map((plan) =>
          documentRow(
            keyOf('Document_УчебныйПлан', plan.code),
            plan.code,
            `${plan.year ?? 2000}-04-15T12:00:00`,
            plan.status === approvedPlan && !plan.template,
            {
              ...programmeOf(plan),
              Кафедра_Key: unit(plan.graduatingDepartment),
              УровеньПодготовки_Key: keyOf('Catalog_УровеньПодготовки', plan.level),
              Дисциплины: plan.lines.map((line, index) => ({
                LineNumber: String(index + 1),
                Дисциплина_Key: keyOf('Catalog_Дисциплины', `${line.disciplineKind} ${line.discipline}`),
                Семестр: line.semester,
                Кафедра_Key: unit(line.department),
              })),
            },
          ),
        ),
    },
    // Blocks and practices are disciplines here, of other codes than their namesakes.
    catalog('Catalog_Дисциплины', () =>
      university.disciplines.map(({ kind, code, name }) =>
        catalogRow(
          keyOf('Catalog_Дисциплины', `${kind} ${code}`),
          kind === 'Discipline' ? code : `${kind[0]}${code}`,
          name,
        ),
      ),
    ),
    catalog('Catalog_СтруктураУниверситета', () => [
      ...university.departments.map(({ code, name }) => catalogRow(unit(code), code, name)),
      ...[...new Set(university.groups.map(({ name }) => facultyOf(name)))].map((faculty, index) =>
        catalogRow(unit(faculty), `Ф${index + 1}`, faculty),
      ),
    ]),
    catalog(
      'Catalog_Специальности',
      () =>
        [...new Set(programmes().map(({ field }) => field))]
          .filter((field) => field !== null)
          .map((field) => catalogRow(keyOf('Catalog_Специальности', field), '', '', { КодСпециальности: field })),
      { КодСпециальности: 'Edm.String' },
    ),
    words('Catalog_Специализации', () => programmes().map(({ profile }) => profile)),
    words('Catalog_ФормаОбучения', () => programmes().map(({ mode }) => mode)),
    words('Catalog_УровеньПодготовки', () => university.curricula.map(({ level }) => level)),
  ]);
}
