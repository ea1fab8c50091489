import { meaningOfMirror } from './mirror.js';
import { both, type Bilingual } from '#contracts';
import { meaningOfIms } from './ims.js';
import { openIdPurpose } from './openid.js';

/**
 * What each key is for; `guide` says what is written there. Short, for these are also the comments of
 * config/itk.example.yaml.
 */
export const purpose: Record<string, Bilingual> = {
  database: both('PostgreSQL; обычно задаётся переменной окружения', 'PostgreSQL; mostly given by a variable'),
  'database.url': both('адрес базы', 'address of the database'),
  broker: both('RabbitMQ; обычно задаётся переменной окружения', 'RabbitMQ; mostly given by a variable'),
  'broker.url': both('адрес брокера', 'address of the broker'),
  'broker.management': both(
    'API управления RabbitMQ; без него консоль не видит того, что служба уже взяла',
    "RabbitMQ's management API; without it the console does not see what a service has taken",
  ),
  'broker.management.url': both('адрес API', 'address of the API'),
  'broker.management.user': both('под кем входить', 'whom to sign in as'),
  'broker.management.passwordFile': both('где лежит пароль', 'where the password lies'),
  systems: both('сайты Moodle, по пункту на каждый', 'the Moodle sites, an item for each'),
  'systems[]': both('один сайт Moodle и та 1С, из которой он наполняется', 'one Moodle site and the 1C that feeds it'),
  'systems[].id': both('имя системы у нас; навсегда', "the system's name with us; for ever"),
  'systems[].els': both('имя этой же системы в 1С; может измениться', 'the name of the same system in 1C; may change'),
  'systems[].synchronizer': both(
    'веб-сервис, у которого спрашивают студентов: ваша 1С или наша onec-component',
    'the web service that is asked for students: your 1C, or our onec-component',
  ),
  'systems[].synchronizer.url': both('адрес публикации', 'address of the publication'),
  'systems[].synchronizer.user': both('под кем входить в 1С', 'whom to sign in to 1C as'),
  'systems[].synchronizer.passwordFile': both(
    'где лежит его пароль; читается заново при каждом обращении',
    'where the password lies; read anew at every call',
  ),
  'systems[].synchronizer.namespace': both('меняют только для чужой 1С', 'changed only for a foreign 1C'),
  'systems[].synchronizer.zone': both(
    'часовой пояс базы 1С: её даты записаны без него',
    "the infobase's zone: 1C's dates carry none",
  ),
  'systems[].synchronizer.setErrorCronflag': both(
    'есть ли в публикации SetErrorCronflag; auto — узнать из WSDL',
    'does the publication have SetErrorCronflag; auto looks at the WSDL',
  ),
  'systems[].synchronizer.errorCodePattern': both(
    'как найти код студента в тексте ошибки, которую нашла сама 1С',
    "how to find the student's code in the text of an error that 1C found itself",
  ),
  'systems[].synchronizer.rename': both(
    'имена полей чужой 1С; пусто — как в статье',
    "field names of a foreign 1C; empty: the paper's",
  ),
  'systems[].synchronizer.rename.*': both('как это поле называется в 1С', 'what 1C calls this field'),
  ...meaningOfIms,
  'systems[].moodle': both('сайт Moodle и его веб-службы', 'the Moodle site and its web services'),
  'systems[].moodle.url': both(
    'адрес сайта, как в его настройках',
    'address of the site, as its own configuration has it',
  ),
  'systems[].moodle.tokenFile': both(
    'где лежит токен; читается заново при каждом вызове',
    'where the token lies; read anew at every call',
  ),
  'systems[].moodle.roles': both(
    'номера ролей: веб-службы Moodle их не сообщают',
    'ids of the roles: no web service of Moodle lists them',
  ),
  'systems[].moodle.roles.*': both('номер этой роли на сайте', 'the id of this role at the site'),
  'systems[].moodle.maxInputVars': both(
    'сколько значений PHP принимает за вызов; больше — вызовов меньше, но не больше, чем на сайте',
    'how many values PHP takes in a call; more means fewer calls, but never more than the site has',
  ),
  'systems[].moodle.concurrency': both('сколько вызовов идёт одновременно', 'how many calls are in flight at a time'),
  'systems[].accounts': both('какими делать учётные записи', 'what accounts are made like'),
  'systems[].accounts.per': both(
    'кому принадлежит запись: студенту (коду) или человеку, у которого бывает два обучения',
    'whom an account belongs to: a student (the code), or a human, who may have two studies',
  ),
  'systems[].accounts.auth': both('способ входа новых записей', 'how new accounts sign in'),
  'systems[].accounts.lang': both(
    'язык новых записей; без ключа — язык сайта',
    "language of new accounts; without it the site's",
  ),
  'systems[].accounts.username': both('логин', 'username'),
  'systems[].accounts.email': both(
    'почта; по умолчанию адрес, на который ничего не уходит',
    'email; by default an address that nothing is sent to',
  ),
  'systems[].accounts.missingNames': both(
    'для тех, у кого в 1С только имя или только фамилия: Moodle нужны оба; без ключей такой студент — ошибка',
    'for persons who have only one of the two names in 1C: Moodle requires both; without it such a student fails',
  ),
  'systems[].accounts.missingNames.lastname': both('вместо фамилии', 'in place of the last name'),
  'systems[].accounts.missingNames.firstname': both('вместо имени', 'in place of the first name'),
  'systems[].accounts.fields': both(
    'что ещё переносить: поле Moodle, profile.<краткое имя> или preference.<имя>',
    'what else is mirrored: a field of Moodle, profile.<shortname> or preference.<name>',
  ),
  'systems[].accounts.fields.*': both('что в него писать', 'what is written into it'),
  'systems[].accounts.password': both(
    'первый пароль: случайный, Moodle попросит сменить; none — вход даёт единая служба входа',
    'first password: random, Moodle asks for another at once; none: single sign-on has it',
  ),
  'systems[].accounts.adopt': both(
    'принимать ли готовую запись с этим логином и пустым внешним идентификатором',
    'take over an account that has this username and no ID number',
  ),
  'systems[].enrolment': both('как записывать на курсы', 'how students are enrolled'),
  'systems[].enrolment.role': both('роль студента в курсе', "the student's role in a course"),
  'systems[].enrolment.removal': both(
    'курс больше не нужен: оставить нашу запись или приостановить (с тормозом)',
    'a course no longer wanted: keep our enrolment, or suspend it (with a brake)',
  ),
  'systems[].enrolment.grouping': both(
    'академическая группа: не переносить, группа в каждом курсе или глобальная группа сайта',
    'the academic group: not mirrored, a group in each course, or a cohort of the site',
  ),
  'systems[].enrolment.newCourseCategory': both(
    'категория Moodle, в которой скрытыми создаются курсы, названные файлом IMS и не найденные; без неё не создаются',
    'the category of Moodle in which courses are made, hidden, that an IMS file names and that are not there; without it none are',
  ),
  'systems[].enrolment.editRoles': both(
    'роли, которые администратор может поставить, исправляя сообщение, кроме role',
    'roles that an administrator may set when editing a message, besides role',
  ),
  'systems[].enrolment.editRoles[]': both('одна такая роль', 'one such role'),
  'systems[].period': both(
    'на сколько 1С прячет синхронизированного студента',
    'for how long 1C hides a synchronized student',
  ),
  'systems[].pollInterval': both(
    'пауза между вопросами к 1С, когда нового нет',
    'rest between two questions to 1C when there was nothing new',
  ),
  'systems[].window': both('сколько студентов в работе одновременно', 'how many students are in flight at a time'),
  onecComponent: both(
    'наша компонента 1С; раздела нет, если ITK_Synchronizer публикует ваша 1С',
    'our own 1C component; no such section where your 1C publishes ITK_Synchronizer',
  ),
  ...meaningOfMirror,
  'onecComponent.zone': both('часовой пояс базы 1С', "the infobase's zone"),
  'onecComponent.namespace': both(
    'пространство имён нашего веб-сервиса; то же, что synchronizer.namespace',
    'namespace of our web service; the same as synchronizer.namespace',
  ),
  'onecComponent.accounts': both(
    'кому можно вызывать веб-сервис; остальных добавляет itk account',
    'who may call the web service; others are added by itk account',
  ),
  'onecComponent.accounts[]': both('одна учётная запись', 'one account'),
  'onecComponent.accounts[].user': both(
    'под этим именем входит synchronizer.user',
    'the name that synchronizer.user signs in by',
  ),
  'onecComponent.accounts[].passwordFile': both('где лежит пароль', 'where the password lies'),
  'onecComponent.accounts[].roles': both('что ей можно', 'what it may do'),
  'onecComponent.accounts[].roles[]': both(
    'ELSAdministrator вызывает веб-сервис, ELSCurriculumDeveloper ведёт привязки',
    'ELSAdministrator calls the web service, ELSCurriculumDeveloper keeps the bindings',
  ),
  'onecComponent.desk': both(
    'стол привязок и поиск по имени для страниц консоли; раздела нет — нет и их',
    "the binding desk and the search by name for the console's pages; no such section, no such pages",
  ),
  'onecComponent.desk.host': both(
    'на каком адресе ждать консоль; больше никому этот порт не нужен',
    'on which address the console is awaited; nobody else has business at this port',
  ),
  'onecComponent.desk.port': both('порт стола, отдельный от SOAP', "the desk's port, apart from SOAP"),
  'onecComponent.desk.keysFile': both(
    'где лежат открытые ключи консоли; на время смены ключа их несколько',
    "where the console's public keys lie; several of them while a key is changed",
  ),
  'onecComponent.reofferOnChange': both(
    'предлагать студента заново, как только в 1С изменилось то, что о нём сообщают',
    'offer a student again as soon as what is told of them has changed in 1C',
  ),
  console: both('консоль оператора', "the operators' console"),
  'console.desk': both(
    'дверь к onec-component: стол привязок и поиск по имени; без раздела их нет',
    'the door to onec-component: the binding desk and the search by name; without it there are none',
  ),
  'console.desk.url': both('адрес стола onec-component', "address of onec-component's desk"),
  'console.desk.keyFile': both(
    'где лежит закрытый ключ, которым консоль подписывает жетоны на одну минуту',
    'where the private key lies that the console signs its tokens of one minute with',
  ),
  'console.journalDays': both(
    'сколько дней хранить журнал и закрытые ошибки',
    'for how many days the journal and closed failures are kept',
  ),
  'console.zone': both(
    'часовой пояс университета: в нём показано время; без ключа — пояс базы 1С первой системы',
    "the university's zone, in which times are shown; without it that of the first system's infobase",
  ),
  'console.freshness': both(
    'когда тишина становится бедой; считается только рабочее время',
    'when silence is a trouble; only business hours count',
  ),
  'console.freshness.after': both(
    'сколько рабочего времени по системе может ничего не приходить',
    'for how much business time nothing may come of a system',
  ),
  'console.freshness.days': both('рабочие дни', 'business days'),
  'console.freshness.days[]': both('один день', 'one day'),
  'console.freshness.from': both('начало рабочего дня', 'when the business day begins'),
  'console.freshness.until': both('его конец', 'when it ends'),
  'console.http': both('страницы и API консоли', "the console's pages and API"),
  'console.http.host': both('на каком адресе слушать', 'the address to listen on'),
  'console.http.port': both('на каком порту слушать', 'the port to listen on'),
  'console.http.publicUrl': both(
    'как консоль зовут браузеры; без ключа она открывается только с этой же машины',
    'what browsers call the console by; without it only this machine itself may open it',
  ),
  'console.http.trustedProxies': both(
    'прокси перед консолью: от них адрес клиента берётся из X-Forwarded-For',
    "proxies before the console: from them the client's address is taken out of X-Forwarded-For",
  ),
  'console.http.trustedProxies[]': both('один прокси или сеть', 'one proxy or network'),
  'console.http.tls': both(
    'консоль сама отвечает по https; без раздела это делает прокси перед ней',
    'the console answers by https itself; without the section a proxy before it does',
  ),
  'console.http.tls.certFile': both(
    'сертификат с промежуточными (PEM); обновлённый она замечает сама',
    'the certificate with the intermediate ones (PEM); a renewed one is noticed',
  ),
  'console.http.tls.keyFile': both('его закрытый ключ (PEM, без пароля)', 'its private key (PEM, without a password)'),
  'console.notices': both(
    'кому и когда сообщать о том, что ждёт человека: docs/notices.md',
    'who is told, and when, of what waits for a person: docs/notices.md',
  ),
  'console.notices.language': both('на каком языке', 'in which language'),
  'console.notices.mail': both('почтой', 'by mail'),
  'console.notices.mail.host': both('почтовый сервер', 'the mail server'),
  'console.notices.mail.port': both('его порт', 'its port'),
  'console.notices.mail.security': both(
    'шифрование: с начала (tls), по договорённости (starttls) или без',
    'encryption: from the start (tls), agreed upon (starttls), or none',
  ),
  'console.notices.mail.user': both('под кем входить', 'whom to sign in as'),
  'console.notices.mail.passwordFile': both('где лежит пароль', 'where the password lies'),
  'console.notices.mail.from': both('от кого', 'from whom'),
  'console.notices.mail.to': both('кому', 'to whom'),
  'console.notices.mail.to[]': both('один получатель', 'one recipient'),
  'console.notices.webhook': both(
    'запросом POST с JSON; поле text понимают Mattermost и Slack',
    'by a POST with JSON; Mattermost and Slack understand its field text',
  ),
  'console.notices.webhook.url': both('куда', 'where to'),
  'console.notices.webhook.tokenFile': both(
    'где лежит токен для Authorization: Bearer',
    'where the token for Authorization: Bearer lies',
  ),
  'console.notices.webhook.secretFile': both(
    'где лежит ключ подписи HMAC-SHA256 (заголовок X-ITK-Signature)',
    'where the key of the HMAC-SHA256 signature lies (header X-ITK-Signature)',
  ),
  'console.notices.heartbeat': both(
    'знак внешнему сторожу, что консоль, база и службы живы: он поднимет тревогу, когда знака нет',
    'a sign for an outside watch that console, database and services are alive: it raises the alarm when the sign stays away',
  ),
  'console.notices.heartbeat.url': both('что вызывать', 'what to call'),
  'console.notices.heartbeat.method': both('каким запросом', 'by which request'),
  'console.notices.heartbeat.every': both('как часто', 'how often'),
  'console.notices.quietHours': both(
    'часы тишины по часам университета (console.zone): найденное в них сообщается в их конце',
    'quiet hours by the clock of the university (console.zone): what is found in them is told at their end',
  ),
  'console.notices.quietHours.from': both('с какого времени', 'from when'),
  'console.notices.quietHours.until': both('до какого (может быть уже завтра)', 'until when (tomorrow, it may be)'),
  ...openIdPurpose,
};
