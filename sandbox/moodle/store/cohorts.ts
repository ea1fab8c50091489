import type { Transactions } from './transaction.js';

export interface Cohort {
  readonly id: number;
  name: string;
  idnumber: string;
  description: string;
  visible: boolean;
  /** 0: the whole site; else a category. */
  categoryid: number;
  readonly members: Set<number>;
}

export class Cohorts {
  private readonly byId = new Map<number, Cohort>();
  private readonly byIdnumber = new Map<string, Cohort>();
  private lastId = 0;

  constructor(private readonly transactions: Transactions) {}

  get(id: number): Cohort | undefined {
    return this.byId.get(id);
  }

  withIdnumber(idnumber: string): Cohort | undefined {
    return this.byIdnumber.get(idnumber);
  }

  all(): IterableIterator<Cohort> {
    return this.byId.values();
  }

  get size(): number {
    return this.byId.size;
  }

  insert(given: {
    name: string;
    idnumber: string;
    description?: string;
    visible?: boolean;
    categoryid?: number;
  }): Cohort {
    const cohort: Cohort = {
      id: ++this.lastId,
      name: given.name,
      idnumber: given.idnumber,
      description: given.description ?? '',
      visible: given.visible ?? true,
      categoryid: given.categoryid ?? 0,
      members: new Set(),
    };
    this.byId.set(cohort.id, cohort);
    if (cohort.idnumber !== '') this.byIdnumber.set(cohort.idnumber, cohort);
    this.transactions.note(() => {
      this.byId.delete(cohort.id);
      this.byIdnumber.delete(cohort.idnumber);
    });
    return cohort;
  }

  addMember(cohort: Cohort, userid: number): void {
    cohort.members.add(userid);
    this.transactions.note(() => cohort.members.delete(userid));
  }

  removeMember(cohort: Cohort, userid: number): boolean {
    if (!cohort.members.delete(userid)) return false;
    this.transactions.note(() => cohort.members.add(userid));
    return true;
  }
}
