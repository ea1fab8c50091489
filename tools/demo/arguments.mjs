import { resolve } from 'node:path';
import { Obstacle } from '../texts.mjs';

/** `npm start -- --config FILE`; npm runs us in the checkout, the person typed the path elsewhere. */
export function startArguments(args, typedIn = process.env.INIT_CWD || process.cwd()) {
  if (args.length === 0) return {};
  const [name, file, ...rest] = args[0].startsWith('--config=')
    ? ['--config', args[0].slice('--config='.length), ...args.slice(1)]
    : args;
  if (name !== '--config' || !file || rest.length > 0) {
    throw new Obstacle({
      ru: `Непонятно: ${args.join(' ')}. Можно: npm start  или  npm start -- --config ФАЙЛ`,
      en: `Not understood: ${args.join(' ')}. It is: npm start  or  npm start -- --config FILE`,
    });
  }
  return { config: resolve(typedIn, file) };
}
