import { roles, type Role } from '#platform';

/** Of the console's configuration; services behind the door take them from here. */
export { roles, type Role };
