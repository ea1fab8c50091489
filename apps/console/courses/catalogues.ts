import { Inject, Injectable } from '@nestjs/common';
import { MoodleClients } from '#moodle';
import { CONFIGURATION, PerSystem, type Configuration } from '#platform';
import { Catalogue } from './catalogue.js';

/** The catalogue of each system. */
@Injectable()
export class Catalogues extends PerSystem<Catalogue> {
  constructor(@Inject(CONFIGURATION) { systems }: Configuration, @Inject(MoodleClients) clients: MoodleClients) {
    super(systems, (system) => new Catalogue(clients.of(system.id)));
  }
}
