import { both, type Bilingual } from '#contracts';

/** What is wrong with one value of a request. */
export interface Issue {
  /** `selection.states.0`; empty: the whole. */
  path: string;
  message: Bilingual;
}

interface Told {
  /** Machine name: `urn:itk:problem:<name>` is the type. */
  name: string;
  status: number;
  title: Bilingual;
  detail?: Bilingual;
  issues?: Issue[];
  /** What a client needs to go on, by name. */
  details?: Record<string, unknown>;
  /** Seconds. */
  retryAfter?: number;
}

/** A request cannot be answered; told to the client as RFC 9457 has it, in the client's language. */
export class Problem extends Error {
  override name = 'Problem';
  constructor(readonly told: Told) {
    super(told.title.en);
  }
}

/** By what it is known to a client; the others are told by their HTTP status alone. */
export const problems = {
  invalid: (issues: Issue[]) =>
    new Problem({
      name: 'invalid',
      status: 400,
      title: both('Запрос не понят', 'The request is not understood'),
      issues,
    }),
  refused: (detail: Bilingual) =>
    new Problem({ name: 'refused', status: 409, title: both('Так сделать нельзя', 'This cannot be done'), detail }),
  signIn: () => new Problem({ name: 'sign-in', status: 401, title: both('Войдите снова', 'Sign in again') }),
  wrongPassword: () =>
    new Problem({
      name: 'wrong-password',
      status: 403,
      title: both('Имя или пароль не подходят', 'Login or password do not fit'),
    }),
  notPermitted: () =>
    new Problem({
      name: 'not-permitted',
      status: 403,
      title: both('На это у вас нет прав', 'You are not permitted to do this'),
    }),
  foreignOrigin: (detail: Bilingual) =>
    new Problem({
      name: 'foreign-origin',
      status: 403,
      title: both('Запрос пришёл не со страниц консоли', "The request does not come from the console's pages"),
      detail,
    }),
  notFound: (detail: Bilingual) =>
    new Problem({ name: 'not-found', status: 404, title: both('Этого нет', 'There is no such thing'), detail }),
  tooMany: (seconds: number) =>
    new Problem({
      name: 'too-many',
      status: 429,
      title: both('Слишком много попыток', 'Too many attempts'),
      detail: both(`Повторите через ${seconds} с`, `Try again in ${seconds} s`),
      retryAfter: seconds,
    }),
  failed: (detail: Bilingual) =>
    new Problem({ name: 'failed', status: 502, title: both('Не получилось', 'It did not work'), detail }),
  away: (detail: Bilingual) =>
    new Problem({
      name: 'away',
      status: 503,
      title: both('Сейчас недоступно', 'Not available now'),
      detail,
      retryAfter: 5,
    }),
} as const;
