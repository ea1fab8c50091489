export const audit = {
  title: 'Аудит',
  answer: 'Кто, что, когда и почему сделал; новое сверху.',
  empty: 'Записей нет',
  time: 'Когда',
  by: 'Кто',
  action: 'Что',
  system: 'Система',
  about: 'С чем',
  reason: 'Почему',
  fields: 'Задано',
  number: 'Сколько',
  outcome: 'Исход',
  outcomes: { done: 'сделано', failed: 'не удалось', unknown: 'неизвестно' },
  actions: {
    replay: {
      start: 'начал повтор',
      stop: 'остановил повтор',
    },
    failures: {
      note: 'заметка к неудачам',
      archive: 'убрал в архив',
      restore: 'вернул из архива',
      ask: 'спросил 1С снова',
      edit: 'изменил и повторил',
    },
    system: {
      'ask-again': 'переспросил 1С о студентах',
      'ask-now': 'спросил 1С сейчас',
      examine: 'осмотрел',
      pause: 'поставил на паузу',
      resume: 'возобновил',
      remove: 'забыл систему',
    },
    flags: {
      release: 'отпустил отметки Error',
    },
    'lost-answers': {
      clear: 'разобрал потерянные ответы',
    },
    removals: {
      release: 'отпустил приостановки',
      discard: 'оставил записи как есть',
    },
    account: {
      put: 'завёл учётную запись компонента 1С',
      remove: 'отозвал учётную запись компонента 1С',
    },
    user: {
      add: 'добавил пользователя',
      change: 'изменил пользователя',
      link: 'дал ссылку для пароля',
      'set-password': 'задал пароль',
      'sign-out': 'завершил чужие сеансы',
    },
    session: {
      'end-all': 'вышел на всех устройствах',
      'change-password': 'сменил пароль',
    },
  },
} as const;
