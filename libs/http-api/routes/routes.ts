import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/internal';
import type { z } from 'zod';
import { answerKey, type Answer } from './answers.js';
import { permitKey } from './permit.js';

/** A route as its decorators tell it. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** `/api/users/{login}` */
  path: string;
  /** The handler's name. */
  name: string;
  tag: string;
  /** A permission, or a word for those who need none; undefined: it says nothing, and is closed. */
  permit: string | undefined;
  answer: Answer | undefined;
  body?: z.ZodType;
  query?: z.ZodObject;
  /** By the names of the path's parameters. */
  parameters: Record<string, z.ZodType>;
}

interface Argument {
  index: number;
  data?: unknown;
  schema?: z.ZodType;
}

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`.replace(/:(\w+)/g, '{$1}');

function argumentsOf(controller: Type, name: string): Map<number, Argument[]> {
  const found = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<string, Argument>;
  const byType = new Map<number, Argument[]>();
  for (const [key, argument] of Object.entries(found)) {
    const type = Number(key.split(':')[0]);
    byType.set(type, [...(byType.get(type) ?? []), argument]);
  }
  return byType;
}

function routeOf(controller: Type, name: string): Route | undefined {
  const handler = (controller.prototype as Record<string, unknown>)[name];
  if (name === 'constructor' || typeof handler !== 'function') return undefined;
  const path = Reflect.getMetadata(PATH_METADATA, handler) as string | undefined;
  if (path === undefined) return undefined;
  const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod;
  const given = argumentsOf(controller, name);
  const [body] = given.get(RouteParamtypes.BODY) ?? [];
  const [query] = given.get(RouteParamtypes.QUERY) ?? [];
  const parameters = (given.get(RouteParamtypes.PARAM) ?? []).flatMap(({ data, schema }) =>
    schema ? [[String(data), schema] as const] : [],
  );
  return {
    method: RequestMethod[method]!.toLowerCase() as Route['method'],
    path: joined(base, path),
    name,
    tag: controller.name.replace(/Controller$/, '').toLowerCase(),
    permit: Reflect.getMetadata(permitKey, handler) as string | undefined,
    answer: Reflect.getMetadata(answerKey, handler) as Answer | undefined,
    ...(body?.schema && { body: body.schema }),
    ...(query?.schema && { query: query.schema as z.ZodObject }),
    parameters: Object.fromEntries(parameters),
  };
}

/** Every route of these controllers. */
export const routesOf = (controllers: readonly Type[]): Route[] =>
  controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype).flatMap((name) => routeOf(controller, name) ?? []),
  );
