import {
  continues,
  approvedPlan,
  type DisciplineKind,
  type Programme,
  type University,
} from '../../university/university.js';
import { catalogRow, documentRow, noDate, ofDocument, ofRecord, type EdmType, type Row, type Shape } from '../table.js';
import { catalog, facultyOf, keyOf, shapeOf, words } from './directory.js';

const directories: Record<DisciplineKind, string> = {
  Discipline: 'Catalog_Дисциплины',
  Cycle: 'Catalog_ЦиклыДисциплин',
  Practice: 'Catalog_Практики',
};
const composite = (kind: DisciplineKind, code: string): Row => ({
  Дисциплина: keyOf(directories[kind], code),
  Дисциплина_Type: `StandardODATA.${directories[kind]}`,
});
const ofProgramme: Record<string, EdmType> = {
  ГодНабора: 'Edm.Int16',
  Специальность_Key: 'Edm.Guid',
  Профиль_Key: 'Edm.Guid',
  ФормаОбучения_Key: 'Edm.Guid',
  Площадка_Key: 'Edm.Guid',
};
const programme = ({ year, field, profile, mode, site }: Programme): Row => ({
  ГодНабора: year ?? 0,
  Специальность_Key: keyOf('Catalog_Специальности', field),
  Профиль_Key: keyOf('Catalog_Профили', profile),
  ФормаОбучения_Key: keyOf('Catalog_ФормыОбучения', mode),
  Площадка_Key: keyOf('Catalog_Площадки', site),
});
const statusWords: Record<string, string> = { [continues]: 'ПродолжаетОбучение', Expelled: 'Отчислен' };

/** A university's own configuration like the paper's IASU, the ITK_ objects of its former component among them. */
export function iasuShape(university: University): Shape {
  const programmes = () => [...university.groups, ...university.curricula];
  const group = (code: string | null) => keyOf('Catalog_УчебныеГруппы', code);
  return shapeOf([
    catalog(
      'Catalog_Студенты',
      () =>
        university.students.map(({ code, individual }) =>
          catalogRow(keyOf('Catalog_Студенты', code), code, '', { ФизическоеЛицо_Key: individual }),
        ),
      { ФизическоеЛицо_Key: 'Edm.Guid' },
    ),
    {
      set: 'InformationRegister_СтатусыСтудентов_RecordType',
      key: ['Recorder', 'Period', 'Студент_Key'],
      fields: {
        ...ofRecord,
        ...{ Студент_Key: 'Edm.Guid', Статус: 'Edm.String', Группа_Key: 'Edm.Guid', Семестр: 'Edm.Int16' },
      },
      dimensions: ['Студент_Key'],
      rows: () =>
        university.statuses.map((status, index) => ({
          Period: status.period,
          Recorder: keyOf('Document_Приказы', Math.floor(index / 500)),
          Recorder_Type: 'StandardODATA.Document_Приказы',
          LineNumber: String((index % 500) + 1),
          Active: true,
          Студент_Key: keyOf('Catalog_Студенты', status.student),
          Статус: statusWords[status.status] ?? status.status.replace(/\s/g, ''),
          Группа_Key: group(status.group),
          Семестр: status.semester ?? 0,
        })),
    },
    {
      set: 'InformationRegister_ФИОФизическихЛиц',
      key: ['Period', 'ФизическоеЛицо_Key'],
      fields: {
        ...{ Period: 'Edm.DateTime', ФизическоеЛицо_Key: 'Edm.Guid' },
        ...{ Фамилия: 'Edm.String', Имя: 'Edm.String', Отчество: 'Edm.String' },
      },
      dimensions: ['ФизическоеЛицо_Key'],
      rows: () =>
        university.names.map(({ individual, period, lastname, firstname, middlename }) => ({
          ...{ Period: period, ФизическоеЛицо_Key: individual },
          ...{ Фамилия: lastname, Имя: firstname, Отчество: middlename },
        })),
    },
    catalog(
      'Catalog_УчебныеГруппы',
      () =>
        university.groups.map((one) =>
          catalogRow(group(one.code), one.code, one.name, {
            ...programme(one),
            Факультет_Key: keyOf('Catalog_Подразделения', facultyOf(one.name)),
          }),
        ),
      { ...ofProgramme, Факультет_Key: 'Edm.Guid' },
    ),
    {
      ...catalog(
        'Catalog_УчебныеПланы',
        () =>
          university.curricula.map((plan) =>
            catalogRow(keyOf('Catalog_УчебныеПланы', plan.code), plan.code, plan.name, {
              ...programme(plan),
              Шаблон: plan.template,
              СтатусРазработки: plan.status === approvedPlan ? 'Утвержден' : 'ВРазработке',
              ВыпускающаяКафедра_Key: keyOf('Catalog_Кафедры', plan.graduatingDepartment),
              УровеньПодготовки_Key: keyOf('Catalog_УровниПодготовки', plan.level),
              Дисциплины: plan.lines.map((line, index) => ({
                LineNumber: String(index + 1),
                ...composite(line.disciplineKind, line.discipline),
                Семестр: line.semester,
                Кафедра_Key: keyOf('Catalog_Кафедры', line.department),
              })),
            }),
          ),
        {
          ...ofProgramme,
          ...{ Шаблон: 'Edm.Boolean', СтатусРазработки: 'Edm.String' },
          ...{ ВыпускающаяКафедра_Key: 'Edm.Guid', УровеньПодготовки_Key: 'Edm.Guid' },
        },
      ),
      parts: {
        Дисциплины: {
          ...{ Дисциплина: 'Edm.String', Дисциплина_Type: 'Edm.String' },
          ...{ Семестр: 'Edm.Int16', Кафедра_Key: 'Edm.Guid' },
        },
      },
    },
    ...(Object.entries(directories) as [DisciplineKind, string][]).map(([kind, set]) =>
      catalog(set, () =>
        university.disciplines
          .filter((one) => one.kind === kind)
          .map(({ code, name }) => catalogRow(keyOf(set, code), code, name)),
      ),
    ),
    catalog('Catalog_Кафедры', () =>
      university.departments.map(({ code, name }) => catalogRow(keyOf('Catalog_Кафедры', code), code, name)),
    ),
    catalog(
      'Catalog_Специальности',
      () =>
        [...new Set(programmes().map(({ field }) => field))]
          .filter((field) => field !== null)
          .map((field) => catalogRow(keyOf('Catalog_Специальности', field), '', '', { КодСпециальности: field })),
      { КодСпециальности: 'Edm.String' },
    ),
    words('Catalog_Профили', () => programmes().map(({ profile }) => profile)),
    words('Catalog_ФормыОбучения', () => programmes().map(({ mode }) => mode)),
    words('Catalog_Площадки', () => programmes().map(({ site }) => site)),
    words('Catalog_Подразделения', () => university.groups.map(({ name }) => facultyOf(name))),
    words('Catalog_УровниПодготовки', () => university.curricula.map(({ level }) => level)),
    catalog(
      'Catalog_ITK_ELS',
      () =>
        university.toolkit.systems.map(({ code, name, address }) =>
          catalogRow(keyOf('Catalog_ITK_ELS', code), code, name, { Адрес: address }),
        ),
      { Адрес: 'Edm.String' },
    ),
    {
      set: 'Document_ITK_AcademicCourseBinding',
      key: ['Ref_Key'],
      fields: { ...ofDocument, РазработчикУчебногоПлана: 'Edm.String' },
      parts: {
        Привязки: {
          ...{ УчебныйПлан_Key: 'Edm.Guid', Кафедра_Key: 'Edm.Guid', ЭОС_Key: 'Edm.Guid' },
          ...{ Дисциплина: 'Edm.String', Дисциплина_Type: 'Edm.String', Семестр: 'Edm.Int16' },
          ...{ ИдентификаторКурса: 'Edm.Int32', Изменение: 'Edm.Boolean', Несколько: 'Edm.Boolean' },
        },
      },
      rows: () =>
        university.toolkit.documents.map((document) =>
          documentRow(document.id, document.number, document.date || noDate, true, {
            РазработчикУчебногоПлана: document.author,
            Привязки: document.lines.map((line, index) => ({
              LineNumber: String(index + 1),
              УчебныйПлан_Key: keyOf('Catalog_УчебныеПланы', line.curriculum),
              Кафедра_Key: keyOf('Catalog_Кафедры', line.department),
              ...composite(line.disciplineKind, line.discipline),
              Семестр: line.semester,
              ЭОС_Key: keyOf('Catalog_ITK_ELS', line.system),
              ИдентификаторКурса: line.courseId,
              Изменение: line.change,
              Несколько: line.several,
            })),
          }),
        ),
    },
  ]);
}
