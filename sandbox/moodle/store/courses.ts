import type { Transactions } from './transaction.js';

export interface Course {
  readonly id: number;
  fullname: string;
  shortname: string;
  idnumber: string;
  categoryid: number;
  visible: boolean;
  /** Has an enabled manual enrolment instance. */
  manual: boolean;
  /** Somebody holds a contact role: Moodle then sends a welcome message with every enrolment call. */
  contact: boolean;
  startdate: number;
  enddate: number;
  timecreated: number;
}

export interface Category {
  readonly id: number;
  name: string;
  parent: number;
  idnumber: string;
}

export type NewCourse = { shortname: string } & Partial<Course>;

export const siteCourseId = 1;

export class Courses {
  private readonly byId = new Map<number, Course>();
  private readonly byShortname = new Map<string, number>();
  private readonly byIdnumber = new Map<string, number>();
  readonly categories = new Map<number, Category>();
  private lastId = 0;
  private lastCategoryId = 0;

  constructor(private readonly transactions: Transactions) {
    this.insertCategory({ name: 'Category 1' });
    this.insert({ shortname: 'sandbox', fullname: 'Sandbox', categoryid: 0, manual: false });
  }

  get(id: number): Course | undefined {
    return this.byId.get(id);
  }

  all(): IterableIterator<Course> {
    return this.byId.values();
  }

  get size(): number {
    return this.byId.size;
  }

  get nextId(): number {
    return this.lastId + 1;
  }

  withShortname(shortname: string): Course | undefined {
    return this.byId.get(this.byShortname.get(shortname) ?? -1);
  }

  withIdnumber(idnumber: string): Course | undefined {
    return this.byId.get(this.byIdnumber.get(idnumber) ?? -1);
  }

  insert(given: NewCourse): Course {
    const id = given.id ?? this.nextId;
    this.lastId = Math.max(this.lastId, id);
    const now = Math.floor(Date.now() / 1000);
    const course: Course = {
      id,
      shortname: given.shortname,
      fullname: given.fullname ?? given.shortname,
      idnumber: given.idnumber ?? '',
      categoryid: given.categoryid ?? 1,
      visible: given.visible ?? true,
      manual: given.manual ?? true,
      contact: given.contact ?? false,
      startdate: given.startdate ?? 0,
      enddate: given.enddate ?? 0,
      timecreated: now,
    };
    this.byId.set(id, course);
    this.index(course);
    this.transactions.note(() => this.remove(course));
    return course;
  }

  update(course: Course, changes: Partial<Omit<Course, 'id'>>): void {
    const before = { ...course };
    this.unindex(course);
    Object.assign(course, changes);
    this.index(course);
    this.transactions.note(() => {
      this.unindex(course);
      Object.assign(course, before);
      this.index(course);
    });
  }

  remove(course: Course): void {
    this.unindex(course);
    this.byId.delete(course.id);
  }

  insertCategory(given: { name: string } & Partial<Category>): Category {
    const id = given.id ?? this.lastCategoryId + 1;
    this.lastCategoryId = Math.max(this.lastCategoryId, id);
    const category = { id, name: given.name, parent: given.parent ?? 0, idnumber: given.idnumber ?? '' };
    this.categories.set(id, category);
    this.transactions.note(() => this.categories.delete(id));
    return category;
  }

  private index(course: Course): void {
    this.byShortname.set(course.shortname, course.id);
    if (course.idnumber !== '') this.byIdnumber.set(course.idnumber, course.id);
  }

  private unindex(course: Course): void {
    if (this.byShortname.get(course.shortname) === course.id) this.byShortname.delete(course.shortname);
    if (this.byIdnumber.get(course.idnumber) === course.id) this.byIdnumber.delete(course.idnumber);
  }
}
