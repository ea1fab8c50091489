import type { SandboxMoodle } from '../server.js';

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

export async function control(_sandbox: SandboxMoodle, _call: ControlCall): Promise<ControlReply> {
  return { status: 404, headers: {}, body: '' };
}
