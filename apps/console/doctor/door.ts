import { request } from 'undici';
import { both, ill, well, type Bilingual, type Finding } from '#contracts';
import { DoorKeyError, doorKeyId, doorSkew, faultIn, signDoorToken, type TokenFault } from '#http-api';
import { connectionTrouble, readAnswerText, readSecretText, SecretError, type Configuration } from '#platform';

/** Milliseconds for the whole call. */
const patience = 5_000;
/** Bytes of an answer. */
const longest = 1_000_000;
/** Seconds: clocks farther apart than this are told while tokens are still taken. */
const tolerated = doorSkew / 2;
/** Read by whoever may read anything there; it says nothing of people. */
const target = '/api/desk/els';

interface Answer {
  status: number;
  fault: TokenFault | undefined;
  /** The desk's clock less ours, seconds; undefined: it has told no time. */
  ahead: number | undefined;
  /** It is the desk that speaks, not whatever else listens there. */
  ofDesk: boolean;
}

/**
 * The door from the console to onec-component's desk, tried with a token of a minute as a viewer's request would be.
 * Nothing where neither side is configured. `desk`: what the other side is configured with, where this file has it too.
 */
export async function examineDoor({
  console: { desk: door },
  onecComponent,
}: Pick<Configuration, 'console' | 'onecComponent'>): Promise<Finding[]> {
  if (!door) return onecComponent?.desk ? [noDoor] : [];
  let key: string;
  let id: string;
  try {
    key = readSecretText(door.keyFile);
    id = doorKeyId(key);
  } catch (error) {
    if (!(error instanceof DoorKeyError || error instanceof SecretError)) throw error;
    return [badKey(error.message)];
  }
  let answer: Answer;
  try {
    answer = await knock(door.url, key);
  } catch (error) {
    const trouble = await connectionTrouble(door.url, error).catch(() => undefined);
    if (trouble) return [ill('door-address', 'error', trouble.reason, trouble.cure)];
    return [nobodyThere(door.url, onecComponent?.desk)];
  }
  return [...judgeAnswer(answer, door.url, id), ...judgeClock(answer)];
}

async function knock(url: string, key: string): Promise<Answer> {
  const bearer = { login: 'itk doctor', name: '', grants: [{ role: 'viewer' as const }] };
  const token = await signDoorToken(key, 'onec-component', bearer, { method: 'GET', target });
  const asked = Date.now();
  const {
    statusCode: status,
    headers,
    body,
  } = await request(new URL(target, url), {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    signal: AbortSignal.timeout(patience),
  });
  const text = await readAnswerText(body, longest);
  const answered = Date.now();
  const one = (name: string): string | undefined => [headers[name]].flat()[0];
  const shown = Date.parse(one('date') ?? '');
  return {
    status,
    fault: faultIn(one('www-authenticate')),
    ahead: Number.isFinite(shown) ? (shown - (asked + answered) / 2) / 1000 : undefined,
    ofDesk: status === 200 ? isDirectory(text) : (one('content-type') ?? '').startsWith('application/problem+json'),
  };
}

function isDirectory(text: string): boolean {
  try {
    return Array.isArray((JSON.parse(text) as { els?: unknown }).els);
  } catch {
    return false;
  }
}

/** What the answer says of the address and of the key. */
function judgeAnswer({ status, fault, ofDesk }: Answer, url: string, id: string): Finding[] {
  if (status === 200 && ofDesk)
    return [
      well('door', `Дверь к onec-component открыта (ключ ${id})`, `The door to onec-component is open (key ${id})`),
    ];
  if (fault) return [ill('door-key', 'error', ...faults[fault](id))];
  if (ofDesk && status === 503)
    return [
      ill(
        'door-away',
        'error',
        both(
          'Стол onec-component отвечает, что работать сейчас не может',
          "onec-component's desk says that it cannot work now",
        ),
        both(
          'Посмотрите itk status и журнал службы onec-component',
          'See itk status and the log of the service onec-component',
        ),
      ),
    ];
  return [
    ill(
      'door-address',
      'error',
      both(
        `По адресу ${url} отвечает не стол onec-component (HTTP ${status})`,
        `At ${url} answers something else than onec-component's desk (HTTP ${status})`,
      ),
      both(
        'Исправьте console.desk.url: это адрес и порт из onecComponent.desk, не порт SOAP и не порт проверки здоровья',
        'Mend console.desk.url: address and port of onecComponent.desk, neither the port of SOAP nor that of health',
      ),
    ),
  ];
}

/** How far the clocks are apart; beyond what is tolerated no token is good. */
function judgeClock({ ahead, fault }: Pick<Answer, 'ahead' | 'fault'>): Finding[] {
  if (ahead === undefined || fault === 'clock') return [];
  const seconds = Math.round(Math.abs(ahead));
  if (seconds <= tolerated) return [];
  return [
    ill(
      'door-clock',
      'warning',
      ahead > 0
        ? both(`Часы onec-component спешат на ${seconds} с`, `onec-component's clock is ${seconds} s ahead`)
        : both(`Часы onec-component отстают на ${seconds} с`, `onec-component's clock is ${seconds} s behind`),
      both(
        `Настройте синхронизацию времени (NTP): после ${doorSkew} с дверь закроется`,
        `Set up NTP: beyond ${doorSkew} s the door closes`,
      ),
    ),
  ];
}

const faults: Record<TokenFault, (id: string) => [what: Bilingual, mend: Bilingual]> = {
  'unknown-key': (id) => [
    both(`Служба onec-component не знает ключа ${id}`, `The service onec-component does not know the key ${id}`),
    both(
      'Добавьте открытую половину ключа в onecComponent.desk.keysFile с тем же kid (docs/sign-in.md, смена ключа)',
      'Add the public half of the key to onecComponent.desk.keysFile with the same kid (docs/sign-in.md, changing the key)',
    ),
  ],
  'other-key': (id) => [
    both(`Под именем ${id} у onec-component лежит другой ключ`, `Under the name ${id} onec-component has another key`),
    both(
      'Дайте новому ключу новый kid и добавьте его открытую половину в onecComponent.desk.keysFile',
      'Give the new key a new kid, and add its public half to onecComponent.desk.keysFile',
    ),
  ],
  'no-keys': () => [
    both('onec-component не может прочитать ключи двери', 'onec-component cannot read the keys of the door'),
    both(
      'Исправьте файл onecComponent.desk.keysFile (JWK Set, Ed25519, без закрытых половин) и права на него',
      'Mend the file onecComponent.desk.keysFile (JWK Set, Ed25519, no private halves) and its rights',
    ),
  ],
  clock: () => [
    both(
      `Часы консоли и onec-component расходятся больше чем на ${doorSkew} с: жетоны не принимаются`,
      `The clocks of console and onec-component are more than ${doorSkew} s apart: no token is taken`,
    ),
    both('Настройте синхронизацию времени (NTP) на обеих машинах', 'Set up NTP on both machines'),
  ],
  'other-request': () => [
    both(
      'Между консолью и onec-component кто-то меняет адрес запроса',
      'Somebody between console and onec-component changes the address of a request',
    ),
    both(
      'Уберите посредника или пусть он передаёт путь и запрос как есть',
      'Take the reverse proxy away, or have it pass path and query on as they are',
    ),
  ],
  unreadable: () => [
    both('onec-component не понимает жетон консоли', "onec-component does not understand the console's token"),
    both('Обновите обе службы до одной версии', 'Bring both services to the same version'),
  ],
};

const noDoor = ill(
  'door',
  'advice',
  both(
    'Стол onec-component настроен, а у консоли двери к нему нет: страниц стола и поиска по имени не будет',
    "onec-component's desk is configured, and the console has no door to it: no pages of the desk, no search by name",
  ),
  both('Задайте console.desk', 'Set console.desk'),
);

const badKey = (why: string): Finding =>
  ill(
    'door-key',
    'error',
    both(`Ключ двери не годится (${why})`, `The key of the door will not do (${why})`),
    both(
      'Исправьте файл console.desk.keyFile (JWK, Ed25519, с kid) и права на него',
      'Mend the file console.desk.keyFile (JWK, Ed25519, with a kid) and its rights',
    ),
  );

function nobodyThere(url: string, desk: { host: string; port: number } | undefined): Finding {
  const where = desk ? `${desk.host}:${desk.port}` : 'onecComponent.desk';
  return ill(
    'door-address',
    'error',
    both(`Стол onec-component не отвечает по адресу ${url}`, `onec-component's desk does not answer at ${url}`),
    both(
      `Запустите службу onec-component; console.desk.url должен вести туда, где она ждёт (${where})`,
      `Start the service onec-component; console.desk.url must lead to where it waits (${where})`,
    ),
  );
}
