import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { exchange, journalExchange, topologyOf } from '#messaging';
import { asyncApiDocument, asyncApiText, eventsExchange, journalExchangeName, publishers } from './asyncapi.js';
import { eventSchemas, eventTypes, type EventType } from '../events.js';
import { examples } from './examples.js';
import { consumerNames, consumers } from '../routing.js';

const checkout = join(import.meta.dirname, '../../..');
const types = Object.values(eventTypes);
const document = asyncApiDocument() as {
  channels: Record<string, { address: string; bindings: { amqp: { is: string } } }>;
  operations: Record<string, { action: string }>;
  components: { schemas: Record<string, { description?: string }> };
};

/** Every `$ref` of a document, wherever it stands. */
function references(part: unknown): string[] {
  if (part === null || typeof part !== 'object') return [];
  return Object.entries(part).flatMap(([key, value]) => (key === '$ref' ? [value as string] : references(value)));
}
const at = (path: string): unknown =>
  path
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);

/** Validator of one part of the document, its references included. */
function validatorOf(path: string) {
  const ajv = addFormats.default(new Ajv({ strict: false }));
  ajv.addSchema({ $id: 'itk', ...document });
  return ajv.compile({ $ref: `itk${path}` });
}

describe('docs/asyncapi.json', () => {
  it('is what the schemas say now', () => {
    const file = join(checkout, 'docs/asyncapi.json');
    const kept = existsSync(file) ? readFileSync(file, 'utf8') : '(missing)';
    if (kept !== asyncApiText()) throw new Error('docs/asyncapi.json is out of date: npm run asyncapi');
  });

  it('keeps the AsyncAPI 3.0 schema', () => {
    const schema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json') as {
      definitions: Record<string, object>;
    };
    // the draft-07 schema of schemas is bundled under its own name, which ajv knows already
    const { ['http://json-schema.org/draft-07/schema']: _, ...definitions } = schema.definitions;
    const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
    const valid = ajv.compile({ ...schema, definitions });
    valid(document);
    expect(valid.errors ?? []).toEqual([]);
    expect(valid({ ...document, channels: { x: { adress: 'x' } } })).toBe(false);
  });

  it('refers to nothing that is missing', () => {
    const all = references(document);
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((path) => at(path) === undefined)).toEqual([]);
  });

  it('describes every event', () => {
    for (const name of Object.keys(eventTypes)) expect(document.components.schemas[name]?.description).toMatch(/\.$/);
  });
});

describe('its channels', () => {
  it('are the exchanges, keys and queues that the transport declares', () => {
    expect([eventsExchange, journalExchangeName]).toEqual([exchange, journalExchange]);
    const declared = topologyOf(['lms']).filter(({ name }) => !/\.(dead|retry\..*)$/.test(name));
    const addresses = (is: string) =>
      Object.values(document.channels)
        .filter(({ bindings }) => bindings.amqp.is === is)
        .map(({ address }) => address.replace('{system}', 'lms'))
        .sort();
    expect(addresses('queue')).toEqual(declared.map(({ name }) => name).sort());
    const bound = declared.filter(({ from }) => from === undefined).flatMap(({ bindings }) => bindings);
    expect(addresses('routingKey')).toEqual([...new Set(bound)].sort());
  });

  it('have an operation for each event of each consumer', () => {
    const takes = Object.values(document.operations).filter(({ action }) => action === 'receive');
    expect(takes).toHaveLength(consumerNames.reduce((sum, consumer) => sum + consumers[consumer].length, 0));
  });

  it('name as publishers the services whose sources make the event', () => {
    const apps = join(checkout, 'apps');
    const sources = readdirSync(apps, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.ts$/.test(path) && !/\.(spec|proof)\.ts$|testing/.test(path))
      .map((path) => ({ app: path.split(/[\\/]/)[0]!, text: readFileSync(join(apps, path), 'utf8') }));
    const found = sources.flatMap(({ app, text }) =>
      [...text.matchAll(/makeEvent\(\s*(?:eventTypes\.(\w+)|'(itk\.[\w.]+)')/g)].map(([, name, type]) => ({
        app,
        name: name ?? Object.entries(eventTypes).find(([, known]) => known === type)![0],
      })),
    );
    expect(found.length).toBeGreaterThan(4);
    expect(found.filter(({ app, name }) => !publishers[name as keyof typeof publishers].includes(app))).toEqual([]);
  });
});

describe('its schemas', () => {
  it.each(types)('accept the example of %s, as the services do', (type) => {
    const name = Object.entries(eventTypes).find(([, known]) => known === type)![0];
    const validate = validatorOf(`#/components/messages/${name}/payload`);
    const [example] = (at(`#/components/messages/${name}/examples`) as { payload: object }[])!;
    validate(example!.payload);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...example!.payload, type: 'itk.other.v1' })).toBe(false);
    expect(validate({ ...example!.payload, data: undefined })).toBe(false);
  });

  const validators = new Map(
    Object.entries(eventTypes).map(([name, type]) => [type, validatorOf(`#/components/schemas/${name}`)]),
  );
  /** Where a value stands in an example: path of keys. */
  const paths = (value: unknown, path: string[] = []): string[][] =>
    value !== null && typeof value === 'object'
      ? [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))]
      : [path];
  const spoiled = (value: unknown, [key, ...rest]: string[], by: unknown): unknown => {
    if (key === undefined) return by;
    const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
    copy[key] = spoiled(copy[key], rest, by);
    if (copy[key] === undefined) delete copy[key];
    return copy;
  };

  it('say of any change of an event what the services say of it', () => {
    const cases = types.flatMap((type: EventType) => paths(examples[type]).map((path) => ({ type, path })));
    const anything = fc.oneof(
      fc.constant(undefined),
      fc.jsonValue(),
      fc.integer(),
      fc.string(),
      fc.constantFrom('lms', 'onec', 'student', 'a,b', '', 0, -1, 1.5, 32_503_680_001, true, null),
      fc.array(fc.record({ id: fc.integer(), idnumber: fc.string(), role: fc.string() }, { requiredKeys: ['role'] })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...cases), anything, ({ type, path }, by) => {
        const changed: unknown = JSON.parse(JSON.stringify(spoiled(examples[type], path, by) ?? null));
        expect(validators.get(type)!(changed)).toBe(eventSchemas[type].safeParse(changed).success);
      }),
      { numRuns: 3000 },
    );
  });
});
