import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Obstacle } from '../texts.mjs';

/**
 * `npm start -- --config FILE --without SERVICE`; npm runs us in the checkout, the person typed the path elsewhere.
 * @param {string[]} args
 * @param {string} typedIn
 * @returns {{ config?: string, without: string[] }} without: services to leave out
 */
export function startArguments(args, typedIn = process.env.INIT_CWD || process.cwd()) {
  try {
    const { values } = parseArgs({
      args,
      options: { config: { type: 'string' }, without: { type: 'string', multiple: true } },
    });
    const without = (values.without ?? []).flatMap((names) => names.split(',')).filter(Boolean);
    if (values.config === '') throw new Error('an empty path');
    return { ...(values.config && { config: resolve(typedIn, values.config) }), without };
  } catch {
    throw new Obstacle({
      ru: `Непонятно: ${args.join(' ')}. Можно: npm start  или  npm start -- --config ФАЙЛ --without СЛУЖБА`,
      en: `Not understood: ${args.join(' ')}. It is: npm start  or  npm start -- --config FILE --without SERVICE`,
    });
  }
}
