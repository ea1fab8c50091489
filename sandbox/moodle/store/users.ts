import { createHash } from 'node:crypto';
import { cleanUsername } from '../protocol/cleaning.js';
import { writeError } from '../protocol/errors.js';
import { MultiIndex } from './multi-index.js';
import type { Transactions } from './transaction.js';

export interface User {
  readonly id: number;
  username: string;
  firstname: string;
  lastname: string;
  email: string;
  auth: string;
  idnumber: string;
  suspended: boolean;
  confirmed: boolean;
  deleted: boolean;
  lang: string;
  theme: string;
  timezone: string;
  calendartype: string;
  mailformat: number;
  maildisplay: number;
  country: string;
  city: string;
  institution: string;
  department: string;
  address: string;
  phone1: string;
  phone2: string;
  middlename: string | undefined;
  alternatename: string | undefined;
  firstnamephonetic: string | undefined;
  lastnamephonetic: string | undefined;
  description: string | undefined;
  interests: string | undefined;
  /** In clear, so that tests can see what was set; in no export. */
  password: string | undefined;
  customfields: Readonly<Record<string, string>>;
  preferences: Readonly<Record<string, string>>;
  timecreated: number;
  timemodified: number;
}

export type NewUser = Pick<User, 'username' | 'firstname' | 'lastname' | 'email'> & Partial<User>;

/** Column widths of Moodle's user table, in characters. */
const widths: Partial<Record<keyof User, number>> = {
  username: 100,
  firstname: 100,
  lastname: 100,
  email: 100,
  idnumber: 255,
  phone1: 20,
  phone2: 20,
  city: 120,
  country: 2,
  institution: 255,
  department: 255,
  address: 255,
  middlename: 255,
  alternatename: 255,
  firstnamephonetic: 255,
  lastnamephonetic: 255,
};
const checkedColumns = Object.entries(widths) as [keyof User, number][];

export class Users {
  private readonly byId = new Map<number, User>();
  private readonly byUsername = new Map<string, number>();
  private readonly byIdnumber = new MultiIndex();
  private readonly byEmail = new MultiIndex();
  private readonly byLowerEmail = new MultiIndex();
  private lastId = 0;

  constructor(private readonly transactions: Transactions) {}

  get(id: number): User | undefined {
    return this.byId.get(id);
  }

  all(): IterableIterator<User> {
    return this.byId.values();
  }

  get size(): number {
    return this.byId.size;
  }

  withUsername(username: string): User | undefined {
    const id = this.byUsername.get(username);
    return id === undefined ? undefined : this.byId.get(id);
  }

  withIdnumber(idnumber: string): User[] {
    return [...this.byIdnumber.get(idnumber)].map((id) => this.byId.get(id)!);
  }

  withEmail(email: string): User[] {
    return [...this.byEmail.get(email)].map((id) => this.byId.get(id)!);
  }

  /** Case-insensitive and without deleted accounts: the rule by which Moodle keeps addresses apart. */
  emailHolders(email: string): User[] {
    return [...this.byLowerEmail.get(email.toLowerCase())].map((id) => this.byId.get(id)!).filter((u) => !u.deleted);
  }

  emailTaken(email: string): boolean {
    for (const id of this.byLowerEmail.get(email.toLowerCase())) if (!this.byId.get(id)!.deleted) return true;
    return false;
  }

  /** Non-empty idnumbers that several live accounts hold. */
  duplicateIdnumbers(): string[] {
    const found: string[] = [];
    for (const [value] of this.byIdnumber.shared()) if (value !== '') found.push(value);
    return found;
  }

  /** @throws dmlwriteexception where the database would refuse: a taken username, a value too long. */
  insert(given: NewUser): User {
    const id = given.id ?? ++this.lastId;
    this.lastId = Math.max(this.lastId, id);
    const now = seconds();
    const user: User = {
      id,
      username: given.username,
      firstname: given.firstname,
      lastname: given.lastname,
      email: given.email,
      auth: given.auth ?? 'manual',
      idnumber: given.idnumber ?? '',
      suspended: given.suspended ?? false,
      confirmed: given.confirmed ?? true,
      deleted: given.deleted ?? false,
      lang: given.lang ?? 'en',
      theme: given.theme ?? '',
      timezone: given.timezone ?? '99',
      calendartype: given.calendartype ?? 'gregorian',
      mailformat: given.mailformat ?? 1,
      maildisplay: given.maildisplay ?? 2,
      country: given.country ?? '',
      city: given.city ?? '',
      institution: given.institution ?? '',
      department: given.department ?? '',
      address: given.address ?? '',
      phone1: given.phone1 ?? '',
      phone2: given.phone2 ?? '',
      middlename: given.middlename,
      alternatename: given.alternatename,
      firstnamephonetic: given.firstnamephonetic,
      lastnamephonetic: given.lastnamephonetic,
      description: given.description,
      interests: given.interests,
      password: given.password,
      customfields: given.customfields ?? {},
      preferences: given.preferences ?? {},
      timecreated: now,
      timemodified: now,
    };
    if (this.byUsername.has(user.username) || this.byId.has(id)) throw duplicateKey();
    checkWidths(user);
    this.byId.set(id, user);
    this.index(user);
    this.transactions.note(() => {
      this.unindex(user);
      this.byId.delete(id);
    });
    return user;
  }

  /** @returns whether a value has changed. @throws as `insert` does. */
  update(user: User, changes: Partial<Omit<User, 'id'>>): boolean {
    const { username } = changes;
    if (username !== undefined && (this.byUsername.get(username) ?? user.id) !== user.id) throw duplicateKey();
    checkWidths(changes);
    const before = { ...user };
    this.unindex(user);
    Object.assign(user, changes, { timemodified: seconds() });
    this.index(user);
    this.transactions.note(() => {
      this.unindex(user);
      Object.assign(user, before);
      this.index(user);
    });
    return (Object.keys(changes) as (keyof User)[]).some(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(user[key]),
    );
  }

  /** Moodle keeps the row: other username and address, no idnumber. */
  markDeleted(user: User): void {
    const stem = cleanUsername(`${user.email}.${seconds()}`, false);
    let username = stem;
    for (let n = 1; this.byUsername.has(username); n++) username = `${stem}${n}`;
    this.update(user, {
      username: username.slice(0, 100),
      email: createHash('md5').update(user.username).digest('hex'),
      idnumber: '',
      deleted: true,
      password: undefined,
      preferences: {},
      customfields: {},
    });
  }

  private index(user: User): void {
    this.byUsername.set(user.username, user.id);
    this.byIdnumber.add(user.idnumber, user.id);
    this.byEmail.add(user.email, user.id);
    this.byLowerEmail.add(user.email.toLowerCase(), user.id);
  }

  private unindex(user: User): void {
    this.byUsername.delete(user.username);
    this.byIdnumber.remove(user.idnumber, user.id);
    this.byEmail.remove(user.email, user.id);
    this.byLowerEmail.remove(user.email.toLowerCase(), user.id);
  }
}

const duplicateKey = () => writeError('ERROR:  duplicate key value violates unique constraint "mdl_user_mneuse_uix"');

function checkWidths(values: Partial<User>): void {
  for (const [column, width] of checkedColumns) {
    const value = values[column];
    if (typeof value !== 'string' || value.length <= width) continue;
    if ([...value].length > width) throw writeError(`ERROR:  value too long for type character varying(${width})`);
  }
}

const seconds = (): number => Math.floor(Date.now() / 1000);
