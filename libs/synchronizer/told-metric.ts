import type { Told } from '#contracts';
import { Counter, register } from '#platform';

const counter = (): Counter =>
  (register.getSingleMetric('itk_told_total') as Counter | undefined) ??
  new Counter({ name: 'itk_told_total', help: 'What 1C was told, by word', labelNames: ['system', 'told'] });

/** Counts words that 1C was told: progress and the share of failures at one glance. */
export const countTold = (system: string, told: Told): void => counter().inc({ system, told });
