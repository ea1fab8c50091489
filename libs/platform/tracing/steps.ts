/** What a step is called, and what is known of it. No name, address or code of a person: traces leave the house. */
export interface StepOptions {
  name: string;
  kind: 'internal' | 'client' | 'consumer';
  /** Of the step before, as its message brought it. */
  parent?: string;
  attributes?: Record<string, string | number>;
  /** When it began, if that is over. */
  since?: Date;
}

/** A part of a student's way, as it is seen by whoever collects traces. */
export interface Step {
  /** W3C Trace Context, to be handed on with what follows. */
  readonly traceparent: string;
  /** `failure`: the cause's name. */
  end(failure?: string): void;
}

let begin: ((options: StepOptions) => Step) | undefined;

/** @param starter of whoever sends steps on; undefined: nobody does */
export function sendStepsTo(starter: typeof begin): void {
  begin = starter;
}

/** Nothing unless traces are switched on. */
export const beginStep = (options: StepOptions): Step | undefined => begin?.(options);
