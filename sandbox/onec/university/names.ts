import type { Random } from './random.js';

const list = (text: string): string[] => text.trim().split(/\s+/);

/** Surnames as a man bears them. */
const surnames = list(`
  Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов
  Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев
  Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков Сорокин
  Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов
  Щёголев Пугачёв Хрущёв Ёлкин Ерёмин Артёмов Подъячев Объедков Царёв Юдин Чижов Шубин Эйхенвальдов Бахтияров`);
/** Surnames that do not change with gender. */
const indeclinable = list(`
  Шевченко Коваленко Бондаренко Черных Седых Дурново Живаго Ким Цой Мкртчян Саакян Гочияев-Ким Ли Гейне Берлиоз Даль`);
const doubled = list(`
  Мамин-Сибиряк Голенищев-Кутузов Сухово-Кобылин Петров-Водкин Салтыков-Щедрин Римский-Корсаков Вольф-Израэль`);
const men = list(`
  Александр Дмитрий Максим Сергей Андрей Алексей Артём Илья Кирилл Михаил Никита Матвей Роман Егор Арсений Иван Денис
  Евгений Даниил Тимофей Владислав Игорь Владимир Павел Руслан Марк Константин Тимур Олег Ярослав Антон Николай Глеб
  Данил Савелий Вадим Степан Юрий Богдан Семён Пётр Фёдор Лев Жан-Поль Али Нгуен`);
const women = list(`
  Анастасия Мария Анна Виктория Екатерина Наталья Марина Полина София Дарья Алиса Ксения Александра Елена Арина Ольга
  Юлия Татьяна Ирина Алёна Вера Надежда Любовь Светлана Валерия Вероника Кристина Евгения Милана Варвара Ульяна Диана
  Эльвира Зульфия Майя Нина Лидия Раиса Анна-Мария Фёкла`);
const fathers = list(`
  Александр Дмитрий Максим Сергей Андрей Алексей Артём Кирилл Михаил Роман Иван Денис Евгений Владислав Владимир Павел
  Руслан Константин Олег Антон Николай Вадим Степан Юрий Семён Пётр Фёдор Виктор Валентин Борис`);

export type Gender = 'man' | 'woman';

export interface FullName {
  lastname: string;
  firstname: string;
  middlename: string;
}

export function surnameOf(random: Random, gender: Gender): string {
  if (random.chance(0.06)) return random.pick(indeclinable);
  if (random.chance(0.02)) return doubledSurname(random.pick(doubled), gender);
  return declined(random.pick(surnames), gender);
}

const doubledSurname = (text: string, gender: Gender): string =>
  text
    .split('-')
    .map((part) => declined(part, gender))
    .join('-');

function declined(surname: string, gender: Gender): string {
  if (gender === 'man') return surname;
  if (/(ов|ев|ёв|ин|ын)$/.test(surname)) return `${surname}а`;
  return surname.replace(/(ск|цк)ий$/, '$1ая');
}

function patronymicOf(father: string, gender: Gender): string {
  const special: Record<string, string> = { Павел: 'Павл', Пётр: 'Петр', Михаил: 'Михайл' };
  const stem = special[father] ?? father;
  if (/[йь]$/.test(stem)) return `${stem.slice(0, -1)}${gender === 'man' ? 'евич' : 'евна'}`;
  return `${stem}${gender === 'man' ? 'ович' : 'овна'}`;
}

/** One in forty has no patronymic; names repeat, so there are namesakes. */
export function fullName(random: Random, gender: Gender): FullName {
  return {
    lastname: surnameOf(random, gender),
    firstname: random.pick(gender === 'man' ? men : women),
    middlename: random.chance(0.025) ? '' : patronymicOf(random.pick(fathers), gender),
  };
}
