/** An answer other than data. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
    readonly contentType = 'text/html; charset=utf-8',
    readonly headers: Record<string, string> = {},
  ) {
    super(String(status));
  }
}

/** 1C's own word. */
export class ODataRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    readonly text: string,
  ) {
    super(text);
  }
}

export const noSet = (set: string): ODataRefusal => new ODataRefusal(404, 8, `Тип сущности "${set}" не найден`);
export const noField = (field: string): ODataRefusal => new ODataRefusal(400, 10, `Свойство "${field}" не найдено`);

export function bodyOf({ code, text }: ODataRefusal, json: boolean): { body: string; contentType: string } {
  if (json)
    return {
      body: JSON.stringify({ 'odata.error': { code: String(code), message: { lang: 'ru', value: text } } }),
      contentType: 'application/json;odata=minimalmetadata;charset=utf-8',
    };
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return {
    body: `<?xml version="1.0" encoding="UTF-8"?><m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><m:code>${code}</m:code><m:message xml:lang="ru">${escaped}</m:message></m:error>`,
    contentType: 'application/xml;charset=utf-8',
  };
}
