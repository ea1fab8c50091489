import { testEnvironment } from '../../servers/instance.mjs';
import { watchOver } from '../../servers/machine/watchdog.mjs';
import { Obstacle, say } from '../../texts.mjs';
import { buildIfOlder } from '../preparing/build.mjs';
import { needsOf } from './needs.mjs';

/**
 * The developer's loop: some specs by name, on the servers that `npm run servers -- up` left running, with no more made
 * ready than they need. Types are left to the editor and to the whole run.
 */

/**
 * @import { Program, Servers } from '../../servers/instance.mjs'
 *
 * @typedef {object} Ready What jest needs.
 * @property {Record<string, string>} env
 * @property {(program: Program) => void} adopt
 * @property {() => void | Promise<void>} close
 */

/**
 * Does this run take the short way? Only with servers there, or it would be a weaker test on every machine.
 * @param {{ specs: readonly string[], servers: Servers | undefined }} run
 */
export function isLoop({ specs, servers }) {
  return specs.length > 0 && servers !== undefined;
}

/**
 * Makes ready what the specs need.
 * @param {readonly string[]} specs
 * @param {{ signal?: AbortSignal, servers: Servers | undefined }} options
 * @returns {Promise<Ready>}
 */
export async function readyFor(specs, { signal, servers }) {
  const needs = needsOf(specs);
  if (needs.servers && !servers) {
    throw new Obstacle({
      ru: 'Этим тестам нужны PostgreSQL и RabbitMQ: npm run servers -- up',
      en: 'These tests need PostgreSQL and RabbitMQ: npm run servers -- up',
    });
  }
  if (needs.build) await buildIfOlder({ signal });
  say({
    ru: 'Быстрый прогон: типы не проверяются (npm run typecheck).',
    en: 'Quick run: types are not checked (npm run typecheck).',
  });
  const watchdog = watchOver();
  return { env: servers ? testEnvironment(servers) : {}, adopt: watchdog.add, close: watchdog.dismiss };
}
