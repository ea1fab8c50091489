import type { Configuration } from './schema.js';

/** In which times are shown and business hours are meant. */
export const universityZone = ({ console, systems }: Pick<Configuration, 'console' | 'systems'>): string =>
  console.zone ?? (systems[0]!.synchronizer ?? systems[0]!.ims)!.zone;
