/** Runs in the browser; plain text here, so that the sandbox needs no build of its own. */
export const pageScript = String.raw`
const texts = {
  ru: {
    title: 'Moodle: песочница', lead: 'Всё хранится в памяти и исчезает при остановке',
    users: 'Пользователи', courses: 'Курсы', enrolments: 'Зачисления', groups: 'Группы', cohorts: 'Глобальные группы',
    calls: 'Вызовы', switches: 'Переключатели', search: 'Поиск', found: 'Найдено', nothing: 'Здесь пока ничего нет',
    nothingFound: 'Ничего не найдено', page: 'стр.', of: 'из', apply: 'Применить', mend: 'Всё исправно', saved: 'Применено',
    id: 'ID', username: 'Логин', person: 'Фамилия, имя, отчество', email: 'Эл. почта',
    idnumber: 'Код (idnumber)', department: 'Отдел', auth: 'Вход', state: 'Состояние', shortname: 'Краткое имя',
    fullname: 'Название', visible: 'Виден', manual: 'Ручное зачисление', enrolled: 'Зачислено', user: 'Пользователь',
    course: 'Курс', roles: 'Роли', timestart: 'С', timeend: 'По', members: 'Участников', name: 'Название',
    active: 'действует', suspended: 'приостановлен', deleted: 'удалён', inactive: 'вне срока', yes: 'да', no: 'нет',
    records: 'Записей', refused: 'Отказов', 'function': 'Функция', callsMade: 'вызовов', noopEnrolments: 'повторных зачислений',
    welcomeMessages: 'приветствий отправлено', sharedUserCollisions: 'столкновений по студенту', deadlocks: 'взаимо\u00ADблокировок',
    truncatedCalls: 'обрезанных вызовов', mostInFlight: 'одновременно, максимум', faults: 'сбоев случилось',
    hint: 'Измените значения и примените: действует сразу. Сбои задаются списком faults.', previous: 'Назад', next: 'Вперёд', clear: 'Снять отбор',
  },
  en: {
    title: 'Moodle sandbox', lead: 'Everything is in memory and gone when it stops',
    users: 'Users', courses: 'Courses', enrolments: 'Enrolments', groups: 'Groups', cohorts: 'Cohorts',
    calls: 'Calls', switches: 'Switches', search: 'Search', found: 'Found', nothing: 'Nothing here yet',
    nothingFound: 'Nothing found', page: 'page', of: 'of', apply: 'Apply', mend: 'Mend everything', saved: 'Applied',
    id: 'ID', username: 'Username', person: 'Last, first, middle name', email: 'Email',
    idnumber: 'ID number', department: 'Department', auth: 'Sign-in', state: 'State', shortname: 'Short name',
    fullname: 'Name', visible: 'Visible', manual: 'Manual enrolment', enrolled: 'Enrolled', user: 'User',
    course: 'Course', roles: 'Roles', timestart: 'From', timeend: 'Until', members: 'Members', name: 'Name',
    active: 'active', suspended: 'suspended', deleted: 'deleted', inactive: 'out of dates', yes: 'yes', no: 'no',
    records: 'Records', refused: 'Refused', 'function': 'Function', callsMade: 'calls', noopEnrolments: 'repeated enrolments',
    welcomeMessages: 'welcome messages sent', sharedUserCollisions: 'collisions over a student', deadlocks: 'deadlocks',
    truncatedCalls: 'truncated calls', mostInFlight: 'at once, at most', faults: 'faults met',
    hint: 'Change values and apply: they act at once. Faults are given in the list faults.', previous: 'Back', next: 'Forward', clear: 'Clear the filter',
  },
};
const columns = {
  users: ['id', 'username', 'person', 'email', 'idnumber', 'department', 'auth', 'state', 'courses'],
  courses: ['id', 'shortname', 'fullname', 'idnumber', 'visible', 'manual', 'enrolled'],
  enrolments: ['user', 'username', 'course', 'roles', 'timestart', 'timeend', 'groups', 'state'],
  groups: ['id', 'name', 'idnumber', 'course', 'members'],
  cohorts: ['id', 'name', 'idnumber', 'members'],
};
const tabs = ['users', 'courses', 'enrolments', 'groups', 'cohorts', 'calls', 'switches'];
const numeric = new Set(['id', 'courses', 'enrolled', 'members', 'records', 'refused', 'callCount']);
const long = new Set(['person', 'fullname', 'email', 'name', 'groups']);
const size = 25;
const at = { tab: tabs.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'users', page: 1, q: '', user: null, course: null, label: '' };
let language = new URLSearchParams(location.search).get('lang') || localStorage.getItem('language') || (navigator.language.startsWith('ru') ? 'ru' : 'en');
if (!(language in texts)) language = 'ru';
const t = (key) => texts[language][key] ?? key;
const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const number = (value) => new Intl.NumberFormat(language).format(value);
const day = (seconds) => seconds ? new Date(seconds * 1000).toLocaleDateString(language) : '—';
const get = async (path) => (await fetch(path)).json();

function words() {
  document.documentElement.lang = language;
  document.querySelectorAll('[data-t]').forEach((element) => { element.textContent = t(element.dataset.t); });
  document.querySelectorAll('[data-language]').forEach((button) => {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  });
  $('q').placeholder = t('search');
  $('q').setAttribute('aria-label', t('search'));
  $('previous').setAttribute('aria-label', t('previous'));
  $('next').setAttribute('aria-label', t('next'));
}

function drawTabs() {
  $('tabs').replaceChildren(...tabs.map((tab) => {
    const button = make('button', { type: 'button', textContent: t(tab), onclick: () => go({ tab }) });
    button.setAttribute('role', 'tab');
    button.setAttribute('aria-selected', String(tab === at.tab));
    return button;
  }));
}

function go(change) {
  Object.assign(at, { page: 1, q: '', user: null, course: null, label: '' }, change);
  $('q').value = at.q;
  history.replaceState(null, '', '#' + at.tab);
  draw();
}

function badge(kind, word) { return make('span', { className: 'badge ' + kind, textContent: t(word) }); }

function cell(tab, column, row) {
  const td = make('td', { className: numeric.has(column) ? 'number' : long.has(column) ? 'long' : '' });
  if (column === 'state') {
    if (row.deleted) td.append(badge('bad', 'deleted'));
    else if (row.suspended) td.append(badge('bad', 'suspended'));
    else if (row.active === false) td.append(badge('mild', 'inactive'));
    else td.append(badge('good', 'active'));
  } else if (column === 'visible' || column === 'manual') td.append(badge(row[column] ? 'good' : 'bad', row[column] ? 'yes' : 'no'));
  else if (column === 'timestart' || column === 'timeend') td.textContent = day(row[column]);
  else if (tab === 'users' && column === 'courses' && row.courses) {
    td.append(make('button', { type: 'button', className: 'link', textContent: number(row.courses),
      onclick: () => go({ tab: 'enrolments', user: row.id, label: row.lastname + ' ' + row.firstname }) }));
  } else if (tab === 'courses' && column === 'enrolled' && row.enrolled) {
    td.append(make('button', { type: 'button', className: 'link', textContent: number(row.enrolled),
      onclick: () => go({ tab: 'enrolments', course: row.id, label: row.shortname }) }));
  } else if (column === 'person') td.textContent = [row.lastname, row.firstname, row.middlename].filter(Boolean).join(' ');
  else td.textContent = row[column] === '' || row[column] == null ? '—' : String(row[column]);
  return td;
}

function table(heads, rows) {
  const head = make('tr', {}, ...heads.map(([key, text]) => make('th', { textContent: text, scope: 'col', className: numeric.has(key) ? 'number' : '' })));
  return make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows));
}

async function drawList() {
  const asked = new URLSearchParams({ what: at.tab, q: at.q, page: at.page, size });
  if (at.user) asked.set('user', at.user);
  if (at.course) asked.set('course', at.course);
  const tab = at.tab;
  const answer = await get('/sandbox/browse?' + asked);
  if (tab !== at.tab) return;
  const pages = Math.max(1, Math.ceil(answer.total / size));
  $('total').textContent = t('found') + ': ' + number(answer.total);
  $('page').textContent = t('page') + ' ' + number(at.page) + ' ' + t('of') + ' ' + number(pages);
  $('previous').disabled = at.page <= 1;
  $('next').disabled = at.page >= pages;
  $('filter').hidden = !at.label;
  const clear = make('button', { type: 'button', textContent: '×', onclick: () => go({ tab }) });
  clear.setAttribute('aria-label', t('clear'));
  $('filter').replaceChildren(at.label, clear);
  $('sheet').replaceChildren(answer.rows.length === 0
    ? make('div', { className: 'none', textContent: t(at.q ? 'nothingFound' : 'nothing') })
    : table(columns[tab].map((key) => [key, t(key)]),
        answer.rows.map((row) => make('tr', {}, ...columns[tab].map((column) => cell(tab, column, row))))));
}

async function drawCalls() {
  const counters = await get('/sandbox/counters');
  if (at.tab !== 'calls') return;
  const rows = Object.entries(counters.functions).sort(([, a], [, b]) => b.calls - a.calls).map(([name, one]) =>
    make('tr', {}, make('td', { textContent: name }), ...[one.calls, one.records, one.refused].map((value) =>
      make('td', { className: 'number', textContent: number(value) }))));
  $('sheet').replaceChildren(rows.length === 0 ? make('div', { className: 'none', textContent: t('nothing') })
    : table([['function', t('function')], ['callCount', t('calls')], ['records', t('records')], ['refused', t('refused')]], rows));
}

async function drawSwitches() {
  const switches = await get('/sandbox/switches');
  if (at.tab !== 'switches') return;
  const area = make('textarea', { value: JSON.stringify(switches, null, 2), spellcheck: false });
  area.setAttribute('aria-label', t('switches'));
  const said = make('span', { className: 'said' });
  const send = async (path, body) => {
    const response = await fetch(path, { method: 'POST', body });
    const answer = await response.json();
    said.textContent = response.ok ? t('saved') : answer.error;
    if (response.ok) area.value = JSON.stringify(answer, null, 2);
  };
  $('sheet').replaceChildren(make('div', { className: 'settings' }, make('span', { className: 'said', textContent: t('hint') }), area,
    make('div', { className: 'row' },
      make('button', { type: 'button', className: 'primary', textContent: t('apply'), onclick: () => send('/sandbox/switches', area.value) }),
      make('button', { type: 'button', textContent: t('mend'), onclick: () => send('/sandbox/mend', '') }), said)));
}

async function drawFigures() {
  const c = await get('/sandbox/counters');
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const figures = [
    ['callsMade', sum(Object.values(c.functions).map((one) => one.calls))], ['noopEnrolments', c.noopEnrolments],
    ['welcomeMessages', c.welcomeMessages, true], ['sharedUserCollisions', c.sharedUserCollisions, true], ['deadlocks', c.deadlocks, true],
    ['truncatedCalls', c.truncatedCalls, true], ['mostInFlight', c.mostInFlight], ['faults', sum(Object.values(c.faults)), true],
  ];
  $('figures').replaceChildren(...figures.map(([key, value, alarm]) =>
    make('div', { className: 'figure' + (alarm && value ? ' alarm' : '') }, make('b', { textContent: number(value) }), make('span', { textContent: t(key) }))));
}

function draw() {
  words();
  drawTabs();
  const listed = at.tab in columns;
  $('bar').hidden = !listed;
  $('sheet').classList.toggle('alone', !listed);
  drawFigures();
  if (listed) drawList();
  else if (at.tab === 'calls') drawCalls();
  else drawSwitches();
}

document.querySelectorAll('[data-language]').forEach((button) => {
  button.onclick = () => { language = button.dataset.language; localStorage.setItem('language', language); draw(); };
});
let typing;
$('q').oninput = () => { clearTimeout(typing); typing = setTimeout(() => { at.q = $('q').value; at.page = 1; drawList(); }, 150); };
$('bar').onsubmit = (event) => event.preventDefault();
$('previous').onclick = () => { at.page--; drawList(); };
$('next').onclick = () => { at.page++; drawList(); };
setInterval(() => { if (!document.hidden) { drawFigures(); if (at.tab === 'calls') drawCalls(); } }, 3000);
draw();
`;
