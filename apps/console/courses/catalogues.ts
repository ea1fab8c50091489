import { Inject, Injectable } from '@nestjs/common';
import { MoodleClients } from '#moodle';
import { CONFIGURATION, hasMoodle, PerSystem, type Configuration, type MoodleSystem } from '#platform';
import { Catalogue } from './catalogue.js';

/** The catalogue of each system whose Moodle can be asked. */
@Injectable()
export class Catalogues extends PerSystem<Catalogue, MoodleSystem> {
  constructor(@Inject(CONFIGURATION) { systems }: Configuration, @Inject(MoodleClients) clients: MoodleClients) {
    super(systems.filter(hasMoodle), (system) => new Catalogue(clients.of(system.id)));
  }
}
