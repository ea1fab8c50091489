import { Catch, type ArgumentsHost } from '@nestjs/common';
import { both } from '#contracts';
import { Problem, ProblemFilter } from '#http-api';
import { Refusal, type RefusalKind } from '../refusal.js';

const asProblem: Record<RefusalKind, { name: string; status: number; title: ReturnType<typeof both> }> = {
  'no-such': { name: 'not-found', status: 404, title: both('Этого нет', 'There is no such thing') },
  version: {
    name: 'version',
    status: 409,
    title: both('Это уже изменил кто-то другой', 'Somebody else has changed it meanwhile'),
  },
  state: { name: 'refused', status: 409, title: both('Так сделать нельзя', 'This cannot be done') },
  faults: { name: 'faults', status: 422, title: both('Введённое не подходит', 'What was entered cannot stand') },
  'not-permitted': {
    name: 'not-permitted',
    status: 403,
    title: both('На это у вас нет прав', 'You are not permitted to do this'),
  },
  ask: { name: 'ask', status: 409, title: both('Сначала подтвердите', 'This has to be confirmed first') },
};

/** Faults that are told at the most. */
const atMost = 500;

/** A refusal as a client sees it: faults by line, what has to be seen in `details`. */
function problemOf({ kind, text, details: { faults, ...details } }: Refusal): Problem {
  const issues = faults?.slice(0, atMost).map((fault) => ({
    path: fault.line === undefined ? '' : `lines.${fault.line}`,
    message: fault.text,
  }));
  return new Problem({ ...asProblem[kind], detail: text, ...(issues && { issues }), details });
}

/** What the desk refuses is told as every problem is. */
@Catch()
export class RefusalFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    super.catch(error instanceof Refusal ? problemOf(error) : error, host);
  }
}
