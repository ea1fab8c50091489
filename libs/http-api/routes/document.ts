import type { Type } from '@nestjs/common';
import { z } from 'zod';
import { problemSchema } from '../problems/problem-schema.js';
import { routesOf, type Route } from './routes.js';

type Json = Record<string, unknown>;

/** JSON Schemas of all routes, those with a name apart. */
class Components {
  readonly schemas: Record<string, Json> = {};

  /** `input`: as it is sent to us; `output`: as it leaves. */
  refer(schema: z.ZodType, io: 'input' | 'output'): Json {
    const made = z.toJSONSchema(schema, { io, unrepresentable: 'throw', override: open }) as Json;
    const { $schema: _, $defs = {}, ...whole } = pointed(made);
    for (const [name, definition] of Object.entries($defs as Record<string, Json>)) this.put(name, definition);
    return whole;
  }

  private put(name: string, definition: Json): void {
    const before = this.schemas[name];
    // What is filled in by default is optional in a request and certain in an answer: such schemas need two names.
    if (before && JSON.stringify(before) !== JSON.stringify(definition))
      throw new Error(`two schemas are called ${name}`);
    this.schemas[name] = definition;
  }
}

/** A later version may answer more. */
const open = ({ jsonSchema }: { jsonSchema: Json }): void => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
};

/** zod points to `#/$defs/`, a document to its components. */
const pointed = (json: Json): Json =>
  JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;

function parametersOf({ name, path, query, parameters }: Route, components: Components): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, key]): Json => {
    const schema = parameters[key!];
    if (!schema) throw new Error(`${name}: the parameter ${key} has no schema`);
    return { name: key, in: 'path', required: true, schema: components.refer(schema, 'input') };
  });
  if (!query) return inPath;
  const { properties = {}, required = [] } = components.refer(query, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return [
    ...inPath,
    ...Object.entries(properties).map(([key, { description, ...schema }]): Json => ({
      name: key,
      in: 'query',
      ...(required.includes(key) && { required: true }),
      ...(description !== undefined && { description }),
      schema,
    })),
  ];
}

function operationOf(route: Route, components: Components, scheme: string): Json {
  const { name, tag, permit, answer, body } = route;
  if (!answer || permit === undefined) throw new Error(`${name}: says not what it answers, or to whom`);
  const { status, summary, schema, mediaType } = answer;
  const content = schema
    ? { 'application/json': { schema: components.refer(schema, 'output') } }
    : mediaType && { [mediaType]: { schema: { type: 'string' } } };
  const parameters = parametersOf(route, components);
  return {
    operationId: name,
    tags: [tag],
    summary,
    'x-permission': permit,
    ...(permit !== 'anybody' && { security: [{ [scheme]: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: components.refer(body, 'input') } } },
    }),
    responses: {
      [status]: { description: summary, ...(content && { content }) },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** What a document says besides its routes. */
export interface About {
  title: string;
  description: string;
  /** By permission, the roles that have it. */
  permissions: Record<string, readonly string[]>;
  /** How whoever is let in is known: a security scheme of OpenAPI. */
  scheme: { name: string; how: Json };
}

/** The OpenAPI document of these controllers, made from what their decorators say. */
export function openApiOf(controllers: readonly Type[], { title, description, permissions, scheme }: About): Json {
  const components = new Components();
  const problem = components.refer(problemSchema, 'output');
  const paths: Record<string, Json> = {};
  const names = new Set<string>();
  for (const route of routesOf(controllers)) {
    if (names.has(route.name)) throw new Error(`two routes are called ${route.name}`);
    names.add(route.name);
    (paths[route.path] ??= {})[route.method] = operationOf(route, components, scheme.name);
  }
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description,
    },
    'x-permissions': permissions,
    paths: sorted(paths),
    components: {
      schemas: sorted(components.schemas),
      responses: {
        Problem: {
          description: 'It could not be answered.',
          content: { 'application/problem+json': { schema: problem } },
        },
      },
      securitySchemes: { [scheme.name]: scheme.how },
    },
  };
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

export const openApiText = (controllers: readonly Type[], about: About): string =>
  `${JSON.stringify(openApiOf(controllers, about), null, 2)}\n`;
