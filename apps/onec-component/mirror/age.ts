import type { DataSource } from 'typeorm';
import { both, type Bilingual } from '#contracts';
import type { TroubleBook } from '#persistence';
import { alarm, Gauge, redactText } from '#platform';
import { UniversityError } from './university.js';

/** A refresh that fails once or twice is no news; from so many intervals on it is. */
const intervals = 3;

const refreshedAt = new Gauge({
  name: 'itk_mirror_refreshed_timestamp_seconds',
  help: 'When the mirror of 1C:University was last refreshed, by whatever replica',
});

export interface Age {
  /** Seconds since the last refresh, or since this service began where there has been none. */
  seconds: number;
  old: boolean;
}

/** How old the mirror is: told in status, doctor, metric and alarm once it has missed three refreshes. */
export class MirrorAge {
  private readonly begun = Date.now();
  private reason: Bilingual | undefined;
  private cure: Bilingual | undefined;
  /** The last refresh failed for something that does not pass: not to be waited with. */
  private grave = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly troubles: TroubleBook,
    /** Between two refreshes, milliseconds. */
    private readonly every: number,
  ) {}

  /** The last refresh failed so; nothing: it did not. */
  refreshed(error?: unknown): void {
    const known = error instanceof UniversityError ? error.trouble : {};
    this.cure = known.cure;
    this.grave = known.grave ?? false;
    if (error === undefined) this.reason = undefined;
    else if (known.reason) this.reason = both(redactText(known.reason.ru), redactText(known.reason.en));
    else {
      // Only of our own errors is it known that the text quotes nobody.
      const text =
        error instanceof UniversityError ? redactText(error.message) : error instanceof Error ? error.name : '';
      this.reason = both(text, text);
    }
  }

  async read(): Promise<Age> {
    const [row]: { age: string }[] = await this.dataSource.query(
      'select extract(epoch from now() - refreshed_at) as age from onec_component.mirror_state',
    );
    const seconds = row === undefined ? (Date.now() - this.begun) / 1000 : Number(row.age);
    if (row !== undefined) refreshedAt.set(Math.round(Date.now() / 1000 - seconds));
    return { seconds, old: seconds * 1000 > intervals * this.every };
  }

  /** Says what is so now. */
  async tell(): Promise<void> {
    const { seconds, old } = await this.read();
    alarm('mirror-out-of-date', '', old, 'the mirror of 1C:University is not refreshed: look at its source', {
      seconds: Math.round(seconds),
      ...(this.reason && { reason: this.reason.en }),
    });
    alarm('mirror-refused', '', this.grave, 'the mirror cannot be refreshed until somebody mends the cause', {
      ...(this.reason && { reason: this.reason.en }),
    });
    await this.troubles.found(
      { service: 'onec-component', system: '', check: 'mirror-age' },
      old || this.grave ? [this.trouble(old)] : [],
    );
  }

  private trouble(old: boolean) {
    const [ru, en] = this.reason ? [`: ${this.reason.ru}`, `: ${this.reason.en}`] : ['', ''];
    return {
      about: '',
      what: old
        ? both(
            `Зеркало 1С:Университета не обновляется дольше трёх промежутков refresh${ru}`,
            `The mirror of 1C:University has missed three refreshes${en}`,
          )
        : both(`Зеркало 1С:Университета не обновилось${ru}`, `The mirror of 1C:University was not refreshed${en}`),
      mend:
        this.cure ??
        both(
          'Проверьте адрес в onecComponent.mirror и то, что по нему отдаётся; до того студенты остаются такими, какими были известны',
          'Check the address in onecComponent.mirror and what is served there; until then students stay as last known',
        ),
    };
  }
}
