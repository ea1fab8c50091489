import { deedOf } from './deed.js';

const id = '00000000-0000-4000-8000-000000000000';

test.each([
  ['POST', '/api/desk/documents', 'desk.documents.create', undefined],
  ['POST', `/api/desk/documents/${id}/posting`, 'desk.documents.posting', id],
  ['POST', `/api/desk/documents/${id}/cancelling`, 'desk.documents.cancelling', id],
  ['DELETE', `/api/desk/documents/${id}?version=1`, 'desk.documents.delete', id],
  ['PUT', '/api/desk/els/%D1%8D', 'desk.els.edit', 'э'],
  ['POST', '/api/desk/bindings/gone/draft', 'desk.bindings.gone.draft', undefined],
  ['POST', '/api/desk/empty-bindings', 'desk.empty-bindings.create', undefined],
  ['POST', `/api/desk/empty-bindings/${id}/cancel`, 'desk.empty-bindings.cancel', id],
  ['POST', '/api/desk/synchronization/delete', 'desk.synchronization.delete', undefined],
  ['PUT', '/api/desk/synchronization', 'desk.synchronization.edit', undefined],
])('%s %s is %s', (method, target, action, about) => {
  expect(deedOf(method, target)).toEqual({ action, ...(about && { about }) });
});

test.each([
  ['GET', `/api/desk/documents/${id}/posting`],
  ['PUT', `/api/desk/documents/${id}`],
  ['POST', '/api/desk/synchronization/foresee'],
  ['HEAD', '/api/desk/els'],
])('%s %s is no deed', (method, target) => {
  expect(deedOf(method, target)).toBeUndefined();
});
