import type { HttpAnswer } from './exchange.js';

/** A session that the client controls (IBSession). A publication that grants none answers without a cookie: carry on. */
export class Session {
  private cookie: string | undefined;
  private asked = false;

  headers(): Record<string, string> {
    if (this.cookie !== undefined) return { cookie: this.cookie };
    return this.asked ? {} : { ibsession: 'start' };
  }

  see(answer: Pick<HttpAnswer, 'status' | 'headers'>): void {
    const given = (answer.headers['set-cookie'] ?? []).find((one) => /^ibsession=/i.test(one))?.split(';')[0];
    if (given !== undefined) this.cookie = given;
    else if (answer.status === 200) this.asked = true;
  }

  forget(): void {
    this.cookie = undefined;
    this.asked = false;
  }

  farewell(): Record<string, string> | undefined {
    return this.cookie === undefined ? undefined : { cookie: this.cookie, ibsession: 'finish' };
  }
}
