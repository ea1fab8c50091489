import { clean, type CleaningRules, type ParamKind } from './cleaning.js';
import { invalidParameter } from './errors.js';
import { PhpArray, type PhpValue } from './form.js';

/** Describes one parameter, as external_value, external_single_structure and external_multiple_structure do. */
export interface Parameter<T> {
  read(given: PhpValue, rules: CleaningRules): T;
  /** What stands where the key is missing; absent: the call is refused. */
  readonly missing?: { readonly value: T };
}

type Read<P> = P extends Parameter<infer T> ? T : never;
export type Structure<S> = { [K in keyof S]: Read<S[K]> };
export type ParametersOf<P> = P extends Parameter<infer T> ? T : never;

const scalar = (given: PhpValue): string => {
  if (typeof given !== 'string') throw invalidParameter('Scalar type expected, array or object received.');
  return given;
};

export const text = (kind: ParamKind): Parameter<string> => ({
  read(given, rules) {
    const value = scalar(given);
    if (clean(kind, value, rules) !== value) {
      throw invalidParameter(
        `Invalid external api parameter: the value is "${value}", the server was expecting "${kind}" type`,
      );
    }
    return value;
  },
});

export const int: Parameter<number> = {
  read(given) {
    const value = scalar(given);
    if (!/^(0|-?[1-9]\d{0,18})$/.test(value)) {
      throw invalidParameter(
        `Invalid external api parameter: the value is "${value}", the server was expecting "int" type`,
      );
    }
    return Number(value);
  },
};

/** Only 0 and 1: the words true and false are refused. */
export const bool: Parameter<boolean> = {
  read(given) {
    const value = scalar(given);
    if (value !== '0' && value !== '1') {
      throw invalidParameter(
        `Invalid external api parameter: the value is "${value}", the server was expecting "bool" type`,
      );
    }
    return value === '1';
  },
};

export const optional = <T>(parameter: Parameter<T>): Parameter<T | undefined> => ({
  read: parameter.read,
  missing: { value: undefined },
});

export const withDefault = <T>(parameter: Parameter<T>, value: T): Parameter<T> => ({
  read: parameter.read,
  missing: { value },
});

export const list = <T>(item: Parameter<T>): Parameter<T[]> => ({
  read(given, rules) {
    if (!(given instanceof PhpArray)) throw invalidParameter('Only arrays accepted.');
    const values: T[] = [];
    for (const one of given.values()) values.push(item.read(one, rules));
    return values;
  },
});

export function structure<S extends Record<string, Parameter<unknown>>>(fields: S): Parameter<Structure<S>> {
  const entries = Object.entries(fields);
  return {
    read(given, rules) {
      if (!(given instanceof PhpArray)) throw invalidParameter('Only arrays accepted.');
      const values: Record<string, unknown> = {};
      let seen = 0;
      for (const [key, field] of entries) {
        const one = given.get(key);
        if (one !== undefined) {
          seen++;
          values[key] = field.read(one, rules);
        } else if (!field.missing) {
          throw invalidParameter(`Missing required key in single structure: ${key}`);
        } else if (field.missing.value !== undefined) {
          values[key] = field.missing.value;
        }
      }
      if (seen !== given.size) {
        const surplus = [...given.keys()].filter((key) => !(key in fields));
        throw invalidParameter(`Unexpected keys (${surplus.join(', ')}) detected in parameter array.`);
      }
      return values as Structure<S>;
    },
  };
}
