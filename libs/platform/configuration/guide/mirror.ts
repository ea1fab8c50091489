import { both, type Bilingual } from '#contracts';

const section = both('раздел: вложенные ключи с отступом', 'a section: keys below it, indented');
const duration = both(
  'длительность по ISO 8601 больше нуля: P1M (месяц), P14D (14 дней), PT5S (5 секунд)',
  'an ISO 8601 duration above zero: P1M (a month), P14D (14 days), PT5S (5 seconds)',
);

/** Of the section `onecComponent.mirror`: what is written there. */
export const guideOfMirror: Record<string, Bilingual> = {
  'onecComponent.mirror': section,
  'onecComponent.mirror.url': both(
    'адрес, который начинается с http:// или https://; нужен, если нет odata',
    'an address that begins with http:// or https://; needed where there is no odata',
  ),
  'onecComponent.mirror.odata': both(
    'раздел: вложенные ключи с отступом; с ним url не читается',
    'a section: keys below it, indented; with it url is not read',
  ),
  'onecComponent.mirror.odata.url': both(
    'адрес интерфейса: https://1c.example.edu/univer/odata/standard.odata',
    'address of the interface: https://1c.example.edu/univer/odata/standard.odata',
  ),
  'onecComponent.mirror.odata.user': both('имя пользователя 1С', "the 1C user's name"),
  'onecComponent.mirror.odata.passwordFile': both(
    'путь к файлу с паролем пользователя 1С (не сам пароль)',
    "path of the file that holds the 1C user's password (not the password)",
  ),
  'onecComponent.mirror.odata.mappingFile': both(
    'путь к файлу соответствия, например mappings/1c-university-prof.yaml',
    'path of the mapping, such as mappings/1c-university-prof.yaml',
  ),
  'onecComponent.mirror.odata.pageSize': both('целое число от 10 до 10000', 'a whole number from 10 to 10000'),
  'onecComponent.mirror.refresh': duration,
  'onecComponent.mirror.largestLoss': both(
    'доля от 0 до 1, например 0.3; 1 — сколько угодно',
    'a share from 0 to 1, such as 0.3; 1: any',
  ),
};

/** And what it is for. */
export const meaningOfMirror: Record<string, Bilingual> = {
  'onecComponent.mirror': both('откуда берутся данные 1С:Университета', 'where the data of 1C:University come from'),
  'onecComponent.mirror.url': both(
    'адрес снимка (JSON), его отдаёт HTTP',
    'address of the snapshot (JSON), served by HTTP',
  ),
  'onecComponent.mirror.odata': both(
    'читать 1С:Университет через её стандартный интерфейс OData',
    'read 1C:University through its standard OData interface',
  ),
  'onecComponent.mirror.odata.url': both('где он опубликован', 'where it is published'),
  'onecComponent.mirror.odata.user': both(
    'под кем входить; нужно право только на чтение',
    'whom to sign in as; only reading is needed',
  ),
  'onecComponent.mirror.odata.passwordFile': both(
    'где лежит его пароль; читается заново при каждом обращении',
    'where the password lies; read anew at every question',
  ),
  'onecComponent.mirror.odata.mappingFile': both(
    'что в этой конфигурации 1С где лежит; готовые — в config/mappings',
    'where in this configuration of 1C each thing stands; ready ones are in config/mappings',
  ),
  'onecComponent.mirror.odata.pageSize': both('сколько строк в одном ответе 1С', 'rows of one answer of 1C'),
  'onecComponent.mirror.refresh': both(
    'пауза между чтениями; без ключа снимок читается каждую минуту (PT1M), OData — каждые десять (PT10M)',
    'rest between two readings; without the key a snapshot is read every minute (PT1M), OData every ten (PT10M)',
  ),
  'onecComponent.mirror.largestLoss': both(
    'какую долю записей зеркало может потерять за одно обновление; больше — не меняется и тревога',
    'which share of its records the mirror may lose at one refresh; beyond it nothing changes, with an alarm',
  ),
};
