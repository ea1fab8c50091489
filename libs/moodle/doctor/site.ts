import { both, fromFailure, ill, well, type Finding } from '#contracts';
import { z } from 'zod';
import { MoodleCallTruncated } from '../errors.js';
import { functionMissing } from '../failures/of-the-site.js';
import type { Caller } from '../transport/caller.js';
import { headerLeaves } from '../transport/post.js';
import type { SiteInfo } from '../types.js';
import { forSearch, functionsNeeded } from './functions-needed.js';
import type { Circumstances } from './circumstances.js';

/** Moodle's own version numbers: 4.1, the oldest supported, and 4.4, since when manual enrolment sends messages. */
const oldestSupported = 2022112800;
const sendsWelcome = 2024042200;

/** What the site tells of itself. */
export function aboutTheSite(site: SiteInfo, url: string, about: Circumstances): Finding[] {
  const findings = [wwwroot(site, url), version(site), ...functions(site, about)];
  if (site.userissiteadmin) {
    findings.push(
      ill(
        'site administrator',
        'warning',
        both('Сервисная учётная запись — администратор сайта', 'The service account is a site administrator'),
        both(
          'Заведите отдельную учётную запись с одной системной ролью (docs/moodle.md)',
          'Make an account of its own with one system role (docs/moodle.md)',
        ),
      ),
    );
  }
  if (Number.parseFloat(site.version) >= sendsWelcome) findings.push(welcomeMessage());
  return findings;
}

function wwwroot({ siteurl }: SiteInfo, url: string): Finding {
  if (siteurl.replace(/\/+$/, '') === url)
    return well('wwwroot', `Адрес совпадает: ${url}`, `The address is right: ${url}`);
  return ill(
    'wwwroot',
    'warning',
    both(
      `Сайт называет себя ${siteurl}, а в настройках ${url}`,
      `The site calls itself ${siteurl}, configured is ${url}`,
    ),
    both(`Поставьте moodle.url: ${siteurl}`, `Set moodle.url to ${siteurl}`),
  );
}

function version({ version: number, release }: SiteInfo): Finding {
  if (Number.parseFloat(number) >= oldestSupported) return well('version', `Moodle ${release}`, `Moodle ${release}`);
  return ill(
    'version',
    'error',
    both(`Moodle ${release} старше 4.1`, `Moodle ${release} is older than 4.1`),
    both('Обновите Moodle до 4.1 или новее', 'Upgrade Moodle to 4.1 or newer'),
  );
}

function functions(site: SiteInfo, about: Circumstances): Finding[] {
  const missing = functionsNeeded(about).filter((name) => !site.functions.includes(name));
  if (missing.length > 0) return missing.map((name) => fromFailure(`function ${name}`, functionMissing(name)));
  if (!site.functions.includes(forSearch))
    return [
      ill(
        'functions',
        'advice',
        both(
          `В службе нет ${forSearch}: стол привязок ищет курсы по списку, который читает целиком`,
          `The service lacks ${forSearch}: the binding desk finds courses in a list that it reads whole`,
        ),
        both(`Добавьте ${forSearch} во внешнюю службу`, `Add ${forSearch} to the external service`),
      ),
    ];
  return [well('functions', 'Все нужные функции есть в службе', 'All functions needed are in the service')];
}

/** PHP's notices and proxies' additions: borne, but each of them may one day break an answer. */
export function foreignText({ foreign }: Caller): Finding {
  const check = 'text around answers';
  const places = [...foreign];
  if (places.length === 0) return well(check, 'В ответах только JSON', 'Answers hold nothing but JSON');
  const where = (words: Record<'before' | 'after', string>) => places.map((place) => words[place]).join(', ');
  return ill(
    check,
    'warning',
    both(
      `В ответах Moodle есть посторонний текст (${where({ before: 'перед JSON', after: 'после JSON' })})`,
      `Moodle's answers hold text that is not theirs (${where({ before: 'before the JSON', after: 'after the JSON' })})`,
    ),
    both(
      'Обычно это сообщение PHP или вставка прокси: найдите его в журнале PHP, выключите display_errors, уберите вставку',
      'Mostly a notice of PHP or an addition of a proxy: look into the log of PHP, set display_errors off, end the addition',
    ),
  );
}

/** No web service tells this setting. */
const welcomeMessage = (): Finding =>
  ill(
    'welcome message',
    'advice',
    both(
      'Начиная с 4.4 Moodle шлёт приветствие при каждой ручной записи на курс, где есть преподаватель; узнать ' +
        'настройку через веб-службы нельзя',
      'Since 4.4 Moodle sends a welcome message with every manual enrolment in a course that has a teacher; no web ' +
        'service tells the setting',
    ),
    both(
      'Поставьте «Нет»: Модули > Зачисление > Вручную > Отправлять приветствие (enrol_manual/sendcoursewelcomemessage); ' +
        'у существующих курсов настройка своя',
      'Set to "No": Plugins > Enrolments > Manual > Send course welcome message (enrol_manual/sendcoursewelcomemessage); ' +
        'existing courses keep their own setting',
    ),
  );

const commonLimits = [10_000, 5000, 3000, 2000, 1000, 500, 250, 100];

/** How many values reach PHP: an ignored parameter of the harmless call is as long as one likes. */
export async function inputVariables(caller: Caller, configured: number): Promise<Finding> {
  const check = 'max_input_vars';
  if (await arrive(caller, configured)) {
    const more = configured < 5000 && (await arrive(caller, 5000));
    if (!more)
      return well(check, `Проходит ${configured} значений за вызов`, `${configured} values a call get through`);
    return ill(
      check,
      'advice',
      both(
        `Сайт принимает 5000 значений за вызов, настроено ${configured}`,
        `The site takes 5000 values a call, configured is ${configured}`,
      ),
      both(
        'Поставьте moodle.maxInputVars: 5000 — вызовов станет меньше',
        'Set moodle.maxInputVars to 5000 for fewer calls',
      ),
    );
  }
  let bears = 0;
  for (const limit of commonLimits) {
    if (limit < configured && (await arrive(caller, limit))) {
      bears = limit;
      break;
    }
  }
  return ill(
    check,
    'error',
    both(
      `PHP сайта принимает ${bears} значений за вызов, настроено ${configured}: остальное отбрасывается молча`,
      `PHP at the site takes ${bears} values a call, configured is ${configured}: the rest is dropped silently`,
    ),
    both(
      `Поставьте moodle.maxInputVars: ${bears} или увеличьте max_input_vars в пуле PHP-FPM сайта (Moodle требует 5000)`,
      `Set moodle.maxInputVars to ${bears}, or raise max_input_vars in the PHP-FPM pool of the site (Moodle wants 5000)`,
    ),
  );
}

async function arrive(caller: Caller, variables: number): Promise<boolean> {
  const serviceshortnames = Array<string>(variables - headerLeaves).fill('x');
  try {
    await caller.call('core_webservice_get_site_info', { serviceshortnames }, z.looseObject({ userid: z.int() }));
    return true;
  } catch (error) {
    if (error instanceof MoodleCallTruncated && error.failure.cause === 'call-truncated') return false;
    throw error;
  }
}
