/** Fields of an account that 1C's word fills, and whose state Moodle shows. */
export const shownFields = [
  'firstname',
  'lastname',
  'department',
  'institution',
  'city',
  'country',
  'phone1',
  'phone2',
  'address',
] as const;
export type ShownField = (typeof shownFields)[number];

/** Fields that no function of Moodle returns: only a hash of what was written tells whether they are up to date. */
export const hiddenFields = ['middlename', 'alternatename'] as const;
export type HiddenField = (typeof hiddenFields)[number];

export const mappableFields = [...shownFields, ...hiddenFields] as const;
export type MappableField = (typeof mappableFields)[number];

/**
 * Widths of Moodle's columns, in characters. What only decorates the account is cut to fit; a first or last name is
 * not, since a cut name is a wrong name.
 */
export const cutAt: Partial<Record<MappableField, number>> = {
  department: 255,
  institution: 255,
  city: 120,
  country: 2,
  phone1: 20,
  phone2: 20,
  address: 255,
  middlename: 255,
  alternatename: 255,
};

/** Moodle: a letter, then letters, digits and underscores; more than 255 does not fit. */
export const isProfileShortname = (name: string): boolean => /^[a-zA-Z0-9_]{1,255}$/.test(name);
export const isPreferenceName = (name: string): boolean => /^[a-zA-Z0-9_-]{1,255}$/.test(name);
