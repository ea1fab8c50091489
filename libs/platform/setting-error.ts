import type { SettingTrouble } from './http/tls-trouble.js';

/** A setting of a connection is wrong, and a second try finds it wrong again. The text says it in both languages. */
export class SettingError extends Error {
  override name = 'SettingError';
  constructor(
    readonly trouble: SettingTrouble,
    options?: ErrorOptions,
  ) {
    const { reason, cure } = trouble;
    super(`${reason.ru}. Как исправить: ${cure.ru}\n${reason.en}. Mend: ${cure.en}`, options);
  }
}
