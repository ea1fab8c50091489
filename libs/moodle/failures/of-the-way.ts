import { both, type Bilingual, type Failure } from '#contracts';

/** What stands between us and Moodle, or the way to it, is set up wrongly: waiting mends nothing. */
const onTheWay = (cause: string, reason: Bilingual, cure: Bilingual, status?: number): Failure => ({
  kind: 'configuration',
  cause,
  reason,
  cure,
  ...(status !== undefined && { about: String(status) }),
});

export const wrongPath = (status: number): Failure =>
  onTheWay(
    'wrong-path',
    both(
      `По адресу moodle.url нет веб-служб Moodle (HTTP ${status})`,
      `There are no web services of Moodle at moodle.url (HTTP ${status})`,
    ),
    both(
      'Укажите в настройках (moodle.url) в точности $CFG->wwwroot сайта, с подкаталогом, если он есть, и проверьте, ' +
        'пропускает ли прокси путь /webservice/rest/server.php',
      'Set moodle.url to exactly the $CFG->wwwroot of the site, with its folder where there is one, and see whether ' +
        'the proxy lets the path /webservice/rest/server.php through',
    ),
    status,
  );

export const proxyRefuses = (status: number): Failure =>
  onTheWay(
    'proxy-refuses',
    both(
      `Прокси или веб-сервер перед Moodle не пропускает вызов (HTTP ${status})`,
      `A proxy or the web server before Moodle does not let the call through (HTTP ${status})`,
    ),
    both(
      'Разрешите на нём этому серверу путь /webservice/rest/server.php без входа и без фильтра',
      'Allow this server the path /webservice/rest/server.php there, without signing in and without a filter',
    ),
    status,
  );

export const callTooLarge = (status: number): Failure =>
  onTheWay(
    'call-too-large',
    both(
      `Прокси или веб-сервер перед Moodle не принимает вызов такого размера (HTTP ${status})`,
      `A proxy or the web server before Moodle does not take a call of this size (HTTP ${status})`,
    ),
    both(
      'Увеличьте client_max_body_size (nginx) или LimitRequestBody (Apache) до 8 МБ',
      'Raise client_max_body_size (nginx) or LimitRequestBody (Apache) to 8 MB',
    ),
    status,
  );

export const redirectLoop = (): Failure =>
  onTheWay(
    'redirect-loop',
    both(
      'Moodle отсылает на тот же самый адрес: сайт не узнаёт, по какому адресу и протоколу к нему пришли',
      'Moodle redirects to the very same address: the site does not see by what address and protocol it was called',
    ),
    both(
      'Поставьте в config.php Moodle $CFG->sslproxy или $CFG->reverseproxy, как того требует прокси перед сайтом',
      'Set $CFG->sslproxy or $CFG->reverseproxy in the config.php of Moodle, as the proxy before the site wants it',
    ),
  );
