import type { SystemConfiguration } from '../schema.js';

type With<K extends 'synchronizer' | 'ims' | 'moodle' | 'imsFile'> = SystemConfiguration & {
  [P in K]: NonNullable<SystemConfiguration[P]>;
};

/** 1C tells of its students. */
export type FedBy1C = With<'synchronizer'>;
/** Files tell of its students. */
export type FedByFiles = With<'ims'>;
/** Its Moodle is worked through web services. */
export type MoodleSystem = With<'moodle'>;
/** Its Moodle takes a file. */
export type FileSystem = With<'imsFile'>;

/** Address of its site, wwwroot. */
export const siteOf = ({ moodle, imsFile }: Pick<SystemConfiguration, 'moodle' | 'imsFile'>): string =>
  (moodle ?? imsFile)!.url;

/** As people are told: who tells of its students, and how its Moodle is written to. */
export const waysOf = ({
  synchronizer,
  ims,
  imsFile,
}: Pick<SystemConfiguration, 'synchronizer' | 'ims' | 'imsFile'>): {
  fedBy: ('onec' | 'files')[];
  writtenBy: 'calls' | 'file';
} => ({
  fedBy: [...(synchronizer ? (['onec'] as const) : []), ...(ims ? (['files'] as const) : [])],
  writtenBy: imsFile ? 'file' : 'calls',
});

export const isFedBy1C = (system: SystemConfiguration): system is FedBy1C => system.synchronizer !== undefined;
export const isFedByFiles = (system: SystemConfiguration): system is FedByFiles => system.ims !== undefined;
export const hasMoodle = (system: SystemConfiguration): system is MoodleSystem => system.moodle !== undefined;
export const hasFile = (system: SystemConfiguration): system is FileSystem => system.imsFile !== undefined;
