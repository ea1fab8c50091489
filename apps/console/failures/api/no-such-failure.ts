import { both } from '#contracts';
import { problems, type Problem } from '#http-api';

export const noSuchFailure = (): Problem =>
  problems.notFound(
    both('Такой ошибки нет, или её срок хранения вышел', 'There is no such failure, or it has been forgotten'),
  );
