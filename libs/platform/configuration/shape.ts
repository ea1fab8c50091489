import { stringify } from 'yaml';
import { z } from 'zod';
import { configurationSchema } from './schema.js';

/** A key of the configuration as the schema has it: `systems[].moodle.roles`, `[]` any item, `*` any key of a table. */
export interface Key {
  path: string;
  name: string;
  required: boolean;
  /** What holds where the key is absent; undefined: nothing does, or what its own keys have. */
  byDefault?: unknown;
  least?: number;
  most?: number;
  words?: unknown[];
  below: Key[];
}

interface Node {
  type?: string;
  properties?: Record<string, Node>;
  required?: string[];
  items?: Node;
  additionalProperties?: Node | boolean;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  enum?: unknown[];
}

function keyOf(node: Node, path: string, name: string, required: boolean): Key {
  const { default: byDefault, minimum: least, maximum: most, enum: words, properties } = node;
  return {
    path,
    name,
    required,
    ...(byDefault !== undefined && properties === undefined && { byDefault }),
    ...(least !== undefined && { least }),
    ...(most !== undefined && most < Number.MAX_SAFE_INTEGER && { most }),
    ...(words && { words }),
    below: below(node, path),
  };
}

function below({ properties = {}, required = [], items, additionalProperties }: Node, path: string): Key[] {
  const table = typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0;
  return [
    ...Object.entries(properties).map(([name, node]) =>
      keyOf(node, path === '' ? name : `${path}.${name}`, name, required.includes(name)),
    ),
    ...(items ? [keyOf(items, `${path}[]`, '[]', false)] : []),
    ...(table ? [keyOf(additionalProperties, `${path}.*`, '*', false)] : []),
  ];
}

/** The keys of the file as a whole, in the schema's order. */
export const shape = (): Key[] => below(z.toJSONSchema(configurationSchema, { io: 'input' }) as Node, '');

/** A value as it is written behind its key. */
export const asYaml = (value: unknown): string =>
  stringify(value, {
    collectionStyle: 'flow',
    flowCollectionPadding: !Array.isArray(value),
    lineWidth: 0,
    singleQuote: true,
  }).trimEnd();
