import { both, type Bilingual } from '#contracts';

const section = both('раздел: вложенные ключи с отступом', 'a section: keys below it, indented');

const imsZone = both('часовой пояс IANA, например Europe/Moscow', 'an IANA zone, such as Europe/Moscow');

/** Of the sections `systems[].ims` and `systems[].imsFile`: what is written there. */
export const guideOfIms: Record<string, Bilingual> = {
  'systems[].ims': section,
  'systems[].ims.folder': both('путь к папке', 'path of a folder'),
  'systems[].ims.content': both('одно из слов: snapshot, delta', 'one of the words: snapshot, delta'),
  'systems[].ims.roles': both(
    'таблица «вид роли в формате, от 01 до 08: краткое имя роли в Moodle», например "02": editingteacher',
    'a table «role type of the format, 01 to 08: role\'s short name in Moodle», such as "02": editingteacher',
  ),
  'systems[].ims.roles.*': both('краткое имя роли из moodle.roles', 'short name of a role of moodle.roles'),
  'systems[].ims.zone': imsZone,
  'systems[].ims.removalShare': both('целое число от 0 до 100', 'a whole number from 0 to 100'),
  'systems[].ims.quietFor': both(
    'длительность по ISO 8601 больше нуля, например PT10S (10 секунд)',
    'an ISO 8601 duration above zero, such as PT10S (10 seconds)',
  ),
  'systems[].ims.keepFor': both(
    'длительность по ISO 8601 больше нуля, например P90D (90 дней)',
    'an ISO 8601 duration above zero, such as P90D (90 days)',
  ),
  'systems[].imsFile': section,
  'systems[].imsFile.url': both(
    'адрес сайта, например https://lms.example.edu',
    'address of the site, such as https://lms.example.edu',
  ),
  'systems[].imsFile.file': both('путь к файлу', 'path of the file'),
  'systems[].imsFile.roles': both(
    'таблица «краткое имя роли: вид роли в формате, от 01 до 08», например teacher: "08"',
    'a table «role\'s short name: role type of the format, 01 to 08», such as teacher: "08"',
  ),
  'systems[].imsFile.roles.*': both('от "01" до "08", в кавычках', '"01" to "08", in quotes'),
  'systems[].imsFile.coursesFile': both('путь к файлу', 'path of a file'),
  'systems[].imsFile.target': both('имя, как в настройке imsrestricttarget', 'a name, as in imsrestricttarget'),
  'systems[].imsFile.zone': imsZone,
};

/** What the keys are for. */
export const meaningOfIms: Record<string, Bilingual> = {
  'systems[].ims': both(
    'папка файлов IMS Enterprise: для системы учёта, которая не 1С; их принимает ims-gateway',
    'a folder of IMS Enterprise files, for a student system that is no 1C; ims-gateway takes them',
  ),
  'systems[].ims.folder': both(
    'куда кладут файлы .xml; свои папки служба заводит в ней сама',
    'where .xml files are put; the service makes its own folders in it',
  ),
  'systems[].ims.content': both(
    'snapshot — в файле все, кого нет, те выбыли; delta — только изменения',
    'snapshot: who is not in the file has left; delta: only what has changed',
  ),
  'systems[].ims.roles': both(
    'какой ролью в Moodle становится вид роли; чего здесь нет, то никого не записывает',
    'which role in Moodle a role type becomes; one that is not here enrols nobody',
  ),
  'systems[].ims.roles.*': both('роль в Moodle', 'the role in Moodle'),
  'systems[].ims.zone': both('где начинается день, названный в файле', 'where a day that a file names begins'),
  'systems[].ims.removalShare': both(
    'сколько процентов людей или ролей snapshot может убрать, не спросив человека',
    'percent of persons, or of roles, that a snapshot may remove without asking a person',
  ),
  'systems[].ims.quietFor': both(
    'файл дописан, если не менялся столько времени',
    'a file is written to the end when it has not changed for so long',
  ),
  'systems[].ims.keepFor': both(
    'сколько помнить, что стало с файлом и с людьми в нём; сам файл остаётся в архиве',
    'how long it is remembered what became of a file and of the persons in it; the file itself stays in the archive',
  ),
  'systems[].imsFile': both(
    'вместо moodle: сайт без веб-служб; состояние пишется в файл для плагина «Файл IMS Enterprise»',
    "in place of moodle: a site without web services; the state is written to a file for the plugin 'IMS Enterprise file'",
  ),
  'systems[].imsFile.url': both('адрес сайта, для ссылок на него', 'address of the site, for links to it'),
  'systems[].imsFile.file': both(
    'сам файл: путь из настройки Moodle imsfilelocation; пишет его course-enroller',
    "the file itself: the path of Moodle's setting imsfilelocation; course-enroller writes it",
  ),
  'systems[].imsFile.roles': both(
    'каким видом роли пишется роль; обратно в роли их переводят imsrolemap01–08 плагина',
    "the role type as which a role is written; the plugin's imsrolemap01 to 08 make roles of them again",
  ),
  'systems[].imsFile.roles.*': both('вид роли в формате', 'role type of the format'),
  'systems[].imsFile.coursesFile': both(
    'строки «номер курса, запятая, ID курса»; без ключа ID курса — сам его номер',
    "lines «course's number, comma, its ID number»; without the key the number itself is the ID number",
  ),
  'systems[].imsFile.target': both(
    'что написать в properties/target, если Moodle принимает только своё',
    'what to write in properties/target, where Moodle takes only what is meant for it',
  ),
  'systems[].imsFile.zone': both(
    'часовой пояс сервера Moodle: в нём время становится днём',
    "zone of Moodle's server: in it a moment becomes a day",
  ),
};
