/** By hand until the console's OpenAPI document is there to make it from. */
type Role = 'viewer' | 'operator' | 'administrator' | 'ELSCurriculumDeveloper' | 'ELSAdministrator' | 'deansOffice';
interface Ok<T> { responses: { 200: { content: { 'application/json': T } } } }
interface Body<B, T> extends Ok<T> { requestBody: { content: { 'application/json': B } } }
export interface paths {
  '/api/session': {
    get: Ok<components['schemas']['Session']>;
    post: Body<{ login: string; password: string }, components['schemas']['Session']>;
    delete: { responses: { 204: { content?: never } } };
  };
  '/api/sessions': { delete: Ok<{ number: number }> };
  '/api/invitation': { post: Body<{ token: string }, { login: string | null; name: string | null }> };
  '/api/invitation/accept': { post: Body<{ token: string; password: string; login?: string; name?: string }, components['schemas']['Session']> };
}
export interface components {
  schemas: {
    Session: { user: components['schemas']['SignedIn'] | null };
    SignedIn: {
      login: string;
      name: string;
      grants: { role: Role; systems?: string[] }[];
      permissions: ('systems.names' | 'overview.see' | 'failures.see' | 'names.see' | 'failures.mend' | 'systems.steer' | 'failures.edit' | 'users.manage' | 'audit.see' | 'desk.read' | 'desk.post' | 'desk.cancel')[];
    };
  };
}
