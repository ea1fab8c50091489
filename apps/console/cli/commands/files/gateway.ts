import { both } from '#contracts';
import { askFor } from '#persistence';
import type { Context } from '../../context.js';
import { exitCodes } from '../../exit-codes.js';
import { CommandError } from '../../output/told.js';

/** Asks ims-gateway; `end` in milliseconds. */
export const askGateway = (context: Context, id: string, what: string, payload: unknown, end = 60_000) =>
  askServiceOfFiles(context, 'ims-gateway', id, { what, payload, end });

/** Asks one of the services that have to do with files. */
export async function askServiceOfFiles(
  context: Context,
  service: 'ims-gateway' | 'course-enroller',
  id: string,
  { what, payload, end }: { what: string; payload: unknown; end: number },
): Promise<unknown> {
  const { id: system } = context.system(id);
  const answer = await askFor(
    await context.dataSource(),
    { service, system, what, by: context.by, payload },
    { begin: 10_000, end },
  );
  if (answer.state === 'done') return answer.result;
  if (answer.state === 'failed') throw new CommandError(answer.failure, exitCodes.away);
  throw new CommandError(
    answer.state === 'waiting'
      ? both(`Служба ${service} не запущена`, `The service ${service} is not running`)
      : both('Ещё идёт; служба доведёт до конца', 'Still under way; the service goes on to the end'),
    exitCodes.away,
  );
}
