import { both } from '#contracts';
import type { TroubleBook } from '#persistence';
import { alarm, Counter, log } from '#platform';
import type { ByRecord } from './answers/page.js';

const pages = new Counter({
  name: 'itk_onec_pages_by_record_total',
  help: 'Pages of GetStudents that are no JSON as a whole and were read record by record, by system',
  labelNames: ['system'],
});

/** Stands while pages come that are no JSON; whoever asks 1C no more forgets it. */
export const pageNoJsonAlarm = 'onec-page-no-json';

/** Says of a system's pages that they are no JSON: alarm, metric, and a trouble for status and doctor. */
export class PagesByRecord {
  private told: string | undefined;

  constructor(
    private readonly system: string,
    private readonly troubles: Pick<TroubleBook, 'found'>,
  ) {}

  /** Of every page that was read. */
  readonly see = (byRecord: ByRecord | undefined): void => {
    if (byRecord) pages.inc({ system: this.system });
    const what = 'a page of GetStudents is no JSON and is read record by record: mend how the web service writes it';
    alarm(pageNoJsonAlarm, this.system, byRecord !== undefined, what, { ...byRecord });
    const told = JSON.stringify(byRecord?.broken ?? null);
    if (told === this.told) return;
    this.told = told;
    const look = { service: 'onec-poller', system: this.system, check: 'page-no-json' };
    this.troubles.found(look, byRecord ? [trouble(byRecord)] : []).catch((error: unknown) => {
      this.told = undefined;
      log('Synchronizer').warn('a page that is no JSON is not noted', { system: this.system, error });
    });
  };
}

function trouble({ line, column, records, broken }: ByRecord) {
  const names = broken.slice(0, 20).join('; ');
  return {
    about: '',
    what: both(
      `Страница GetStudents — не JSON (строка ${line}, столбец ${column}) и прочитана по записям: всего ${records}, не прочитано ${broken.length}${names && `: ${names}`}`,
      `A page of GetStudents is no JSON (line ${line}, column ${column}) and was read record by record: of ${records}, ${broken.length} cannot be read${names && `: ${names}`}`,
    ),
    mend: both(
      'Пусть модуль веб-сервиса пишет ответ через ЗаписьJSON, а не складывает строки',
      "Have the web service's module write its answer by JSONWriter instead of joining strings",
    ),
  };
}
