import { z } from 'zod';
import type { MoodleUser } from '../types.js';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** Deleting an account puts the MD5 of its address where the address was. */
const looksDeleted = (email: string): boolean => /^[0-9a-f]{32}$/.test(email);

export const userSchema = z
  .looseObject({
    id: z.int(),
    ...{ username: text, idnumber: text, firstname: text, lastname: text, fullname: text, email: text },
    ...{ auth: text, lang: text, department: text, institution: text, city: text, country: text },
    ...{ phone1: text, phone2: text, address: text },
    suspended: z.boolean().nullish(),
    customfields: z.array(z.looseObject({ shortname: z.string(), value: text })).nullish(),
  })
  .transform((user): MoodleUser => ({
    ...{ id: user.id, username: user.username, idnumber: user.idnumber },
    ...{ firstname: user.firstname, lastname: user.lastname, fullname: user.fullname, email: user.email },
    ...{ auth: user.auth, lang: user.lang, suspended: user.suspended ?? false },
    ...{ department: user.department, institution: user.institution, city: user.city, country: user.country },
    ...{ phone1: user.phone1, phone2: user.phone2, address: user.address },
    profile: Object.fromEntries((user.customfields ?? []).map(({ shortname, value }) => [shortname, value])),
    deleted: looksDeleted(user.email),
  }));
