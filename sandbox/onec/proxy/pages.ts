const bom = '\uFEFF';

const lockText = 'Начало сеанса с информационной базой запрещено.\nРегламентные работы до 23:00.';

/** What a locked infobase answers, in the three forms that were seen. */
export function lockedPage(form: 'json' | 'xml' | 'html', withBom: boolean): { type: string; body: string } {
  const mark = withBom ? bom : '';
  if (form === 'json')
    return {
      type: 'application/json; charset=utf-8',
      body:
        mark +
        JSON.stringify({
          '#exception': '{http://v8.1c.ru/8.2/virtual-resource-system}Exception',
          exception: {
            reason: 403,
            descr: 'HTTP: Forbidden\nОшибка при выполнении запроса POST к ресурсу /ws/ITK_Synchronizer.1cws:',
            inner: { descr: lockText },
          },
        }),
    };
  if (form === 'xml')
    return {
      type: 'application/xml; charset=utf-8',
      body:
        `${mark}<exception xmlns="http://v8.1c.ru/8.2/virtual-resource-system" xmlns:d1p1="http://v8.1c.ru/8.1/data/core">` +
        `<reason>403</reason><d1p1:descr>HTTP: Forbidden</d1p1:descr><d1p1:inner><d1p1:descr>${lockText}</d1p1:descr></d1p1:inner></exception>`,
    };
  return {
    type: 'text/html; charset=utf-8',
    body: `${mark}<!DOCTYPE html>\r\n<html><head><title>1C:Enterprise 8 application error</title></head><body><h2>1C:Enterprise 8 application error:</h2>${lockText}<br></body></html>`,
  };
}

export const licenceText =
  'Не обнаружено свободной лицензии! Превышено максимальное количество пользователей, одновременно работающих с программой.';

export const serverPage = (status: number): string =>
  `<!DOCTYPE html>\r\n<html><head><title>${status} - Ошибка сервера</title></head><body><h2>${status}</h2></body></html>`;

/** A log-in form where data should be. */
export const loginPage =
  '<!DOCTYPE html>\r\n<html><head><title>Вход в систему</title></head><body><form action="/login"></form></body></html>';
