import type { Told } from '#contracts';
import { Counter } from '#platform';

const counter = new Counter({
  name: 'itk_told_total',
  help: 'What 1C was told, by kind',
  labelNames: ['system', 'told'],
});

/** Counts what 1C was told: progress and the share of failures at one glance. */
export const countTold = (system: string, told: Told): void => counter.inc({ system, told });
