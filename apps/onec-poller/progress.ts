import { Counter, Gauge, register } from '#platform';

const counter = (name: string, help: string): Counter =>
  (register.getSingleMetric(name) as Counter | undefined) ?? new Counter({ name, help, labelNames: ['system'] });
const gauge = (name: string, help: string): Gauge =>
  (register.getSingleMetric(name) as Gauge | undefined) ?? new Gauge({ name, help, labelNames: ['system'] });

/** How far the poller of a system is; shown at /metrics. */
export class Progress {
  private readonly offered = counter('itk_students_offered_total', 'Students and errors that 1C offered');
  private readonly published = counter('itk_students_published_total', 'Students and errors published');
  private readonly givenUp = counter('itk_places_given_up_total', 'Places given up without a report');
  private readonly bindings = counter('itk_bindings_published_total', 'Changes of bindings published');
  private readonly inFlight = gauge('itk_students_in_flight', 'Students under way');
  private readonly window = gauge('itk_window_size', 'Students that may be under way at the most');
  private readonly active = gauge('itk_poller_active', '1 in the one replica that asks 1C');

  constructor(private readonly system: string) {}

  began(window: number): void {
    this.active.set({ system: this.system }, 1);
    this.window.set({ system: this.system }, window);
  }
  ended(): void {
    this.active.set({ system: this.system }, 0);
    // Another replica counts from here on.
    this.inFlight.remove({ system: this.system });
    this.window.remove({ system: this.system });
  }
  places(taken: number): void {
    this.inFlight.set({ system: this.system }, taken);
  }
  page(offered: number): void {
    this.offered.inc({ system: this.system }, offered);
  }
  sent(students: number): void {
    this.published.inc({ system: this.system }, students);
  }
  sentBindings(changes: number): void {
    this.bindings.inc({ system: this.system }, changes);
  }
  gaveUp(places: number): void {
    this.givenUp.inc({ system: this.system }, places);
  }
}
