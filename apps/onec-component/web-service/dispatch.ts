import { storable, unstorableIn } from '#contracts';
import { operations, type OperationName, type Request } from '#synchronizer';
import type { Synchronizer } from '../registers/synchronizer.js';
import { ServiceFault } from './service-fault.js';

/** The request names no operation of ours, or a parameter is missing or of the wrong type: the caller's fault. */
export class CallerFault extends ServiceFault {
  override name = 'CallerFault';
}

/** A name from outside, for a log line or a fault: no longer than any of ours. */
export const named = (operation: string): string => (operation.length > 64 ? `${operation.slice(0, 64)}…` : operation);

const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);

/**
 * What the database cannot hold names no system; in a list of students such a code becomes one that nobody has, and the
 * others of the list are served.
 */
function held(name: string, text: string): string {
  const unstorable = unstorableIn(text);
  if (unstorable === undefined || name.startsWith('Student')) return storable(text);
  throw new CallerFault(`Ошибка преобразования данных XDTO: в параметре ${name} ${unstorable.ru}`);
}

/** Values in the order of the description. 1C lets no parameter be left out. Throws {@link CallerFault}. */
export function argumentsOf(request: Request): { operation: OperationName; values: (string | number)[] } {
  if (!isOperation(request.operation)) throw new CallerFault(`Операция ${named(request.operation)} не найдена`);
  const values = operations[request.operation].parameters.map(({ name, type }) => {
    const text = request.parameters[name];
    if (text === undefined)
      throw new CallerFault(`Ошибка преобразования данных XDTO: не задан параметр ${name} типа ${type}`);
    if (type === 'xs:string') return held(name, text);
    const number = Number(text.trim());
    const largest = type === 'xs:int' ? 2_147_483_647 : Number.MAX_SAFE_INTEGER;
    if (!/^[+-]?\d+$/.test(text.trim()) || Math.abs(number) > largest)
      throw new CallerFault(
        `Ошибка преобразования данных XDTO: значение параметра ${name} не соответствует типу ${type}`,
      );
    return number;
  });
  return { operation: request.operation, values };
}

/** Text of the operation's result. */
export function perform(synchronizer: Synchronizer, request: Request): Promise<string> {
  const { operation, values } = argumentsOf(request);
  const [first, second, third] = values as [never, never, never];
  switch (operation) {
    case 'GetStudents':
      return synchronizer.getStudents(first, second);
    case 'SetCronflag':
      return synchronizer.setCronflag(first, second);
    case 'SetErrorCronflag':
      return synchronizer.setErrorCronflag(first, second);
    case 'BindingsSince':
      return synchronizer.bindingsSince(first, second, third);
    case 'ErrorsSince':
      return synchronizer.errorsSince(first, second, third);
    case 'Reoffer':
      return synchronizer.reoffer(first, second);
  }
}
