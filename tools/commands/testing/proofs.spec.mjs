import { planOf } from './proofs.mjs';
import { wantedRelease } from '../../servers/rabbitmq/packages.mjs';

test('a proof is tests of its own, or by its name ordinary ones in other surroundings', () => {
  expect(planOf(['libs/messaging', '-t', 'x'])).toEqual({ jest: ['libs/messaging', '-t', 'x'], environment: {} });
  expect(planOf(['--proof', 'test/fuzz'])).toEqual({ jest: ['test/fuzz'], environment: { ITK_PROOF: '1' } });
  expect(planOf(['--proof'])).toEqual({ jest: [], environment: { ITK_PROOF: '1' } });
  const { jest, environment } = planOf(['--proof', 'rabbitmq-4', '-t', 'x']);
  expect(jest.slice(-3)).toEqual(['test/faults/fire.spec.ts', '-t', 'x']);
  expect(environment).toEqual({ ITK_RABBITMQ: '4' });
  expect(wantedRelease(environment)?.source).toContain('trixie');
});

test('a broker that cannot be had is named', () => {
  expect(wantedRelease({})).toBeUndefined();
  expect(() => wantedRelease({ ITK_RABBITMQ: '5' })).toThrow('ITK_RABBITMQ=5');
});
