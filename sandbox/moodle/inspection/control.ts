import { z } from 'zod';
import { MoodleError } from '../protocol/errors.js';
import type { SandboxMoodle } from '../server.js';
import { browse } from './browse.js';
import {
  awayInput,
  courseInput,
  coursesInput,
  enrolmentsInput,
  resetInput,
  switchesInput,
  userInput,
  usersInput,
} from './control-input.js';
import { exportState } from './export.js';
import { inspectionPage } from './page.js';

export interface ControlCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
}

export interface ControlReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Handler = (sandbox: SandboxMoodle, call: ControlCall, id: number) => unknown;

/** Everything under /sandbox is ours: a real Moodle has none of it. `:id` stands for a number. */
const handlers: Readonly<Record<string, Handler>> = {
  'GET /sandbox/switches': (sandbox) => sandbox.switches,
  'POST /sandbox/switches': (sandbox, call) => Object.assign(sandbox.switches, given(switchesInput, call)),
  'POST /sandbox/mend': (sandbox) => {
    sandbox.mend();
    return sandbox.switches;
  },
  'GET /sandbox/counters': (sandbox) => sandbox.state.counters,
  'GET /sandbox/state': (sandbox) => exportState(sandbox.state),
  'GET /sandbox/browse': (sandbox, call) => browse(sandbox, new URLSearchParams(call.query)),
  'POST /sandbox/reset': (sandbox, call) => {
    const { switches } = given(resetInput, call);
    sandbox.reset();
    if (switches) sandbox.mend();
    return { done: true };
  },
  'POST /sandbox/away': (sandbox, call) => {
    const { forMs } = given(awayInput, call);
    // Answered first: then nobody can reach this server until it comes back by itself.
    setTimeout(() => {
      void sandbox.goAway();
      setTimeout(() => void sandbox.comeBack(), forMs);
    }, 20);
    return { awayForMs: forMs };
  },
  'POST /sandbox/courses': (sandbox, call) => {
    const wanted = given(coursesInput, call);
    const { courses } = sandbox.state;
    if ('count' in wanted) sandbox.state.addCourses(wanted.count);
    else {
      const taken = wanted.courses.find((course) => courses.withShortname(course.shortname));
      if (taken) throw new ControlError(409, `There is a course ${taken.shortname} already: choose another shortname.`);
      for (const course of wanted.courses) courses.insert(course);
    }
    return { courses: courses.size };
  },
  'POST /sandbox/courses/:id': (sandbox, call, id) => {
    const course = sandbox.state.courses.get(id);
    if (!course) throw new ControlError(404, `There is no course ${id}.`);
    sandbox.state.courses.update(course, given(courseInput, call));
    return course;
  },
  'POST /sandbox/users': (sandbox, call) => {
    const { users } = given(usersInput, call);
    return { ids: users.map((user) => sandbox.state.users.insert(user).id) };
  },
  'POST /sandbox/users/:id': (sandbox, call, id) => {
    const user = sandbox.state.users.get(id);
    if (!user) throw new ControlError(404, `There is no user ${id}.`);
    const { deleted, poison, ...changes } = given(userInput, call);
    sandbox.state.users.update(user, changes);
    if (poison) sandbox.state.poison(user, poison);
    if (deleted) sandbox.state.deleteUser(user);
    return { id, username: user.username, suspended: user.suspended, deleted: user.deleted };
  },
  'POST /sandbox/enrolments': (sandbox, call) => {
    const { enrolments } = given(enrolmentsInput, call);
    for (const { roleid, ...enrolment } of enrolments) {
      if (!sandbox.state.users.get(enrolment.userid))
        throw new ControlError(404, `There is no user ${enrolment.userid}.`);
      sandbox.state.enrolments.insert({ ...enrolment, roles: [roleid] });
    }
    return { enrolments: sandbox.state.enrolments.size };
  },
};

class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export function control(sandbox: SandboxMoodle, call: ControlCall): ControlReply {
  if (call.path === '/' && call.method === 'GET') {
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: inspectionPage };
  }
  const id = /\/(\d+)$/.exec(call.path)?.[1];
  const handler = handlers[`${call.method} ${call.path.replace(/\/\d+$/, '/:id')}`];
  if (!handler) return json(404, { error: `No ${call.method} ${call.path} here.`, offered: Object.keys(handlers) });
  try {
    return json(200, handler(sandbox, call, Number(id)));
  } catch (error) {
    if (error instanceof ControlError) return json(error.status, { error: error.message });
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
    if (error instanceof MoodleError) return json(409, { error: error.debuginfo ?? error.message });
    throw error;
  }
}

function given<S extends z.ZodType>(schema: S, call: ControlCall): z.output<S> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(call.body.toString('utf8') || '{}');
  } catch {
    throw new ControlError(400, 'The body is no JSON: send an object.');
  }
  return schema.parse(parsed);
}

const json = (status: number, value: unknown): ControlReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
