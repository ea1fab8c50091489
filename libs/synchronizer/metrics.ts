import { Counter, Histogram } from 'prom-client';
import type { OperationName } from './soap/operations.js';

const calls = new Counter({
  name: 'itk_onec_calls_total',
  help: 'Calls of ITK_Synchronizer by outcome: ok, or the kind of the failure',
  labelNames: ['system', 'operation', 'outcome'],
});

const callSeconds = new Histogram({
  name: 'itk_onec_call_seconds',
  help: 'Time a call of ITK_Synchronizer took',
  labelNames: ['system', 'operation'],
  buckets: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120],
});

export const countCall = (system: string) => (operation: OperationName, outcome: string, seconds: number) => {
  calls.inc({ system, operation, outcome });
  callSeconds.observe({ system, operation }, seconds);
};
