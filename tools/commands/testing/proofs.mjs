/**
 * Proofs that are ordinary tests in other surroundings: `npm run proof -- NAME`.
 * @type {{ readonly [name: string]: { environment: Record<string, string>, specs: string[] } }}
 */
const named = {
  // the transport, the whole way and the fire on a broker of the next generation
  'rabbitmq-4': {
    environment: { ITK_RABBITMQ: '4' },
    specs: ['libs/messaging', 'test/walk', 'test/faults/fire.spec.ts'],
  },
};

/**
 * What is to be run in which environment.
 * @param {readonly string[]} args of `npm test`; with `--proof` those of `npm run proof`
 * @returns {{ jest: string[], environment: Record<string, string> }}
 */
export function planOf(args) {
  const rest = args.filter((argument) => argument !== '--proof');
  if (rest.length === args.length) return { jest: rest, environment: {} };
  const proof = named[rest[0] ?? ''];
  if (proof) return { jest: [...proof.specs, ...rest.slice(1)], environment: proof.environment };
  return { jest: rest, environment: { ITK_PROOF: '1' } };
}
