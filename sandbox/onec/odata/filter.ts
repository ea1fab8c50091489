import { noField, ODataRefusal } from './refusal.js';
import { orderOfKey, type EdmType, type Row } from './table.js';

export type Condition = (row: Row) => boolean;
type Token = { kind: 'guid' | 'datetime' | 'string' | 'number' | 'word' | 'sign'; text: string };
type Operand = { field: string } | { value: unknown; key?: string };

const pattern =
  /\s*(?:guid'([^']*)'|datetime'([^']*)'|'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)(?![\w-])|([\p{L}_][\p{L}\d_/]*)|([(),]))/uy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const kinds = ['guid', 'datetime', 'string', 'number', 'word', 'sign'] as const;
  pattern.lastIndex = 0;
  while (text.slice(pattern.lastIndex).trim() !== '') {
    const found = pattern.exec(text);
    const place = found ? found.slice(1).findIndex((part) => part !== undefined) : -1;
    if (!found || place < 0) throw new ODataRefusal(400, 14, 'Error parsing $filter query option');
    tokens.push({ kind: kinds[place]!, text: found[place + 1]! });
  }
  return tokens;
}

/** `eq ne gt ge lt le and or not` over fields and literals, and `cast` of a composite reference. */
export function conditionOf(text: string, fields: Record<string, EdmType>): Condition {
  const tokens = tokensOf(text);
  let place = 0;
  const bad = (): ODataRefusal => new ODataRefusal(400, 14, 'Error parsing $filter query option');
  const next = (): Token => tokens[place++] ?? { kind: 'sign', text: '' };
  const peek = (): string => tokens[place]?.text ?? '';
  const demand = (sign: string): void => {
    if (next().text !== sign) throw bad();
  };

  const operand = (): Operand => {
    const token = next();
    switch (token.kind) {
      case 'guid':
        if (!/^[0-9a-f-]{36}$/i.test(token.text))
          throw new ODataRefusal(400, 1, `Не удалось разобрать строку '${token.text}' как значение типа Edm.Guid!`);
        return { value: token.text.toLowerCase() };
      case 'datetime':
        if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(token.text))
          throw new ODataRefusal(400, 1, `Не удалось разобрать строку '${token.text}' как значение типа Edm.DateTime!`);
        return { value: token.text };
      case 'string':
        return { value: token.text.replace(/''/g, "'") };
      case 'number':
        return { value: Number(token.text) };
      case 'word':
        if (token.text === 'true' || token.text === 'false') return { value: token.text === 'true' };
        if (token.text === 'cast') {
          demand('(');
          const inner = operand();
          demand(',');
          const type = next().text;
          demand(')');
          if (!('value' in inner)) throw bad();
          return { value: inner.value, key: `StandardODATA.${type}` };
        }
        if (!Object.hasOwn(fields, token.text)) throw noField(token.text);
        return { field: token.text };
      default:
        throw bad();
    }
  };

  const comparison = (): Condition => {
    if (peek() === 'not') {
      next();
      const inner = comparison();
      return (row) => !inner(row);
    }
    if (peek() === '(') {
      next();
      const inner = either();
      demand(')');
      return inner;
    }
    const left = operand();
    const sign = next().text;
    const right = operand();
    const compare = comparisons[sign];
    if (!compare || !('field' in left) || !('value' in right)) throw bad();
    const { field } = left;
    const type = fields[field]!;
    // A reference of several types compares only with one that says its type.
    if (type === 'Edm.String' && Object.hasOwn(fields, `${field}_Type`))
      return right.key === undefined
        ? () => false
        : (row) => row[`${field}_Type`] === right.key && compare(String(row[field]), String(right.value));
    if (type === 'Edm.Guid') {
      const wanted = orderOfKey(String(right.value));
      return (row) => compare(orderOfKey(String(row[field])), wanted);
    }
    return (row) => compare(row[field] as string, right.value as string);
  };
  const all = (): Condition => {
    const parts = [comparison()];
    while (peek() === 'and') {
      next();
      parts.push(comparison());
    }
    return (row) => parts.every((part) => part(row));
  };
  const either = (): Condition => {
    const parts = [all()];
    while (peek() === 'or') {
      next();
      parts.push(all());
    }
    return (row) => parts.some((part) => part(row));
  };
  const whole = either();
  if (place !== tokens.length) throw bad();
  return whole;
}

const comparisons: Record<string, (a: string, b: string) => boolean> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
};
