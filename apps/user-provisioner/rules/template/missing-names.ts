import { tidyText, type StudentChanged } from '#contracts';
import { fill, valuesOf, type Template, type TemplateValues } from './template.js';

/** What stands in for a name that 1C does not have; Moodle requires both. */
export type MissingNames = Partial<Record<'lastname' | 'firstname', Template>>;

/** A student's values; a person of one name has the other as the configuration says. Who has none keeps none. */
export function valuesWith(
  missingNames: MissingNames,
  source: Pick<StudentChanged, 'person' | 'study'>,
): TemplateValues {
  const values = valuesOf(source);
  const missing = (['lastname', 'firstname'] as const).filter((name) => tidyText(values[name]) === '');
  const [which] = missing;
  const template = which && missingNames[which];
  return template && missing.length === 1 ? { ...values, [which]: fill(template, values) } : values;
}
