import { both, ill, well, type Finding } from '#contracts';
import type { HttpAnswer } from '../http/exchange.js';

/** One answer of HTTP as the doctor noted it. */
export interface Noted {
  status: number;
  /** Did 1C grant a session with it? */
  granted: boolean;
  /** A mark of byte order stood before the body. */
  marked: boolean;
  milliseconds: number;
  /** What the server's clock shows less what ours does, seconds: up to one second finer than it can tell. */
  ahead?: number;
}

/** `now`: milliseconds, of the moment when the answer had come. */
export function noteOf({ status, headers, marked }: HttpAnswer, milliseconds: number, now: number): Noted {
  const shown = Date.parse(headers.date ?? '');
  const granted = (headers['set-cookie'] ?? []).some((cookie) => /^ibsession=/i.test(cookie));
  // Somewhere on the way the server wrote it: half of the time ago.
  const ahead = (shown - (now - milliseconds / 2)) / 1000;
  return { status, granted, marked, milliseconds, ...(Number.isFinite(ahead) && { ahead }) };
}

/** How far the clocks may be apart, seconds. */
const tolerated = 20;

/** The web server's clock against ours. */
export function clock(notes: readonly Noted[]): Finding {
  const seen = notes.flatMap(({ ahead }) => ahead ?? []).sort((a, b) => a - b);
  const ahead = seen[Math.floor(seen.length / 2)];
  if (ahead === undefined)
    return ill(
      'clock',
      'advice',
      both('Не проверено: ответы приходят без заголовка Date', 'Not examined: answers come without the header Date'),
      both('Сравните время сервера 1С и этой машины сами', "Compare the time of 1C's server and of this machine"),
    );
  const seconds = Math.round(Math.abs(ahead));
  if (seconds <= tolerated)
    return well(
      'clock',
      'Часы веб-сервера 1С и этой машины идут одинаково',
      "The clocks of 1C's web server and of this machine agree",
    );
  return ill(
    'clock',
    'warning',
    ahead > 0
      ? both(`Часы веб-сервера 1С спешат на ${seconds} с`, `The clock of 1C's web server is ${seconds} s ahead`)
      : both(`Часы веб-сервера 1С отстают на ${seconds} с`, `The clock of 1C's web server is ${seconds} s behind`),
    both(
      'Настройте синхронизацию времени (NTP) на обеих машинах: на столько же сдвинут срок отметок',
      'Set up NTP on both machines: the periods of flags are off by as much',
    ),
  );
}

/** What became of the session of a run of calls, its farewell the last of the answers. */
export function session(notes: readonly Noted[]): Finding {
  const check = 'session';
  if (notes.some(({ status }) => status === 406))
    return ill(
      check,
      'warning',
      both(
        'Сеанс дали не сразу: сначала 1С ответила 406 (занята)',
        'The session was not granted at once: first 1C answered 406 (busy)',
      ),
      both(
        'Увеличьте poolSize и poolTimeout сервиса в default.vrd и проверьте, хватает ли лицензий',
        "Raise the service's poolSize and poolTimeout in default.vrd, and see whether there are licences enough",
      ),
    );
  if (notes.some(({ status }) => status === 400))
    return ill(
      check,
      'warning',
      both('1С забыла сеанс, который только что дала (400)', '1C forgot the session that it had just granted (400)'),
      both(
        'Если веб-серверов несколько, направляйте тулкит на один из них; увеличьте sessionMaxAge в default.vrd',
        'If there are several web servers, send the toolkit to one of them; raise sessionMaxAge in default.vrd',
      ),
    );
  if (!notes.some(({ granted }) => granted))
    return ill(
      check,
      'advice',
      both(
        'Публикация не даёт сеанса по просьбе клиента: каждый вызов начинается заново или берёт сеанс из пула',
        'The publication grants the client no session: every call begins anew or takes a session of the pool',
      ),
      both(
        'Так можно работать; быстрее с reuseSessions="use" в default.vrd',
        'It works so; with reuseSessions="use" in default.vrd it is faster',
      ),
    );
  if (notes.at(-1)!.status >= 400)
    return ill(
      check,
      'warning',
      both(
        `Сеанс не удалось завершить (${notes.at(-1)!.status}): лицензия занята, пока он не истечёт`,
        `The session could not be ended (${notes.at(-1)!.status}): its licence is taken until it expires`,
      ),
      both(
        'Сократите sessionMaxAge в default.vrd, если лицензий мало',
        'Shorten sessionMaxAge in default.vrd if there are few licences',
      ),
    );
  return well(
    check,
    '1С даёт сеанс, узнаёт его и завершает по просьбе',
    '1C grants a session, knows it again, and ends it when asked',
  );
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(milliseconds < 950 ? 2 : 1);
/** Calls that list nobody and take longer hold up everybody who waits for the infobase, milliseconds. */
const tooLong = 15_000;

/** How long calls take that list nobody: the first after a rest, and those after it. */
export function pace(notes: readonly Noted[]): Finding {
  const [first, ...later] = notes.filter(({ status }) => status < 400).map(({ milliseconds }) => milliseconds);
  const warm = later.sort((a, b) => a - b)[Math.floor(later.length / 2)];
  const what = both(
    `Первый вызов ${seconds(first ?? 0)} с, следующие ${seconds(warm ?? first ?? 0)} с`,
    `The first call takes ${seconds(first ?? 0)} s, the next ${seconds(warm ?? first ?? 0)} s`,
  );
  if ((warm ?? 0) >= tooLong)
    return ill(
      'pace',
      'warning',
      what,
      both(
        'Разгрузите сервер 1С: вызовы к базе идут по одному, и каждый ждёт предыдущего; проба длиннее 90 с считается отказом',
        "Relieve 1C's server: calls to an infobase go one by one, each waits for the last; a probe longer than 90 s counts as failed",
      ),
    );
  return well('pace', what.ru, what.en);
}

/** The body begins with a mark of byte order: read all the same. */
export function mark(notes: readonly Noted[]): Finding[] {
  if (!notes.some(({ marked }) => marked)) return [];
  return [
    ill(
      'byte order mark',
      'advice',
      both('Перед ответами стоит метка порядка байтов (BOM)', 'A mark of byte order (BOM) stands before the answers'),
      both(
        'Тулкит её понимает; если другие клиенты спотыкаются, ищите прокси или модуль веб-сервера, который её добавляет',
        'The toolkit can read it; if other clients stumble, look for the proxy or module of the web server that adds it',
      ),
    ),
  ];
}
