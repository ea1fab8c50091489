import type { StudentElement, SynchronizerClient, SynchronizerOptions } from '#synchronizer';
import type { Switches } from '../../../sandbox/onec/proxy/switches.js';
import { createSandboxOneC, type SandboxOneC } from '../../../sandbox/onec/server.js';
import { clientOf, runComponent, type RunningComponent } from './running-component.js';

/** Our own component behind a publication whose habits and faults can be switched. */
export interface Publication {
  sandbox: SandboxOneC;
  component: RunningComponent;
  client(options?: Partial<SynchronizerOptions>): SynchronizerClient;
  set(switches: Partial<Switches>): void;
  page(limit?: number): Promise<StudentElement[]>;
  /** As it was at first, and nothing seen. */
  mend(): void;
  close(): Promise<void>;
}

export async function openPublication(): Promise<Publication> {
  const sandbox = await createSandboxOneC({ students: 60, seed: 21, systems: ['LMS'], courses: 2000, faulty: 0 });
  const component = await runComponent(`${sandbox.url}/snapshot`);
  sandbox.component = component.url;
  const timeouts = { connect: 20_000, call: 20_000, cold: 20_000 };
  const client: Publication['client'] = (options = {}) => clientOf(sandbox.webService, { timeouts, ...options });
  return {
    sandbox,
    component,
    client,
    set: (switches) => void Object.assign(sandbox.switches, switches),
    page: (limit = 10) => client().getStudents('LMS', limit),
    mend: () => {
      sandbox.reset();
      sandbox.traffic.calls.length = 0;
    },
    close: async () => {
      await component.close();
      await sandbox.close();
    },
  };
}

export const studentsOf = (elements: readonly StudentElement[]) =>
  elements.flatMap((one) => (one.kind === 'student' ? [one.student] : []));
