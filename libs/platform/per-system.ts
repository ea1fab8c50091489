import type { SystemConfiguration } from './configuration/schema.js';

/** One part of a service for each of its systems, found by the system's id. */
export class PerSystem<Part, System extends { id: string } = SystemConfiguration> {
  private readonly parts: ReadonlyMap<string, Part>;

  constructor(systems: readonly System[], make: (system: System) => Part) {
    this.parts = new Map(systems.map((system) => [system.id, make(system)]));
  }

  of(system: string): Part {
    const part = this.parts.get(system);
    if (part === undefined) throw new Error(`no system ${system} is configured`);
    return part;
  }

  /** None where the system is left to other processes. */
  find(system: string): Part | undefined {
    return this.parts.get(system);
  }

  all(): Part[] {
    return [...this.parts.values()];
  }
}
