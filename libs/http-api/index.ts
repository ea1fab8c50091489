export { roles, type Role } from './door/roles.js';
export {
  DoorKeyError,
  readPrivateKey,
  readPublicKeys,
  signDoorToken,
  verifyDoorToken,
  type Bearer,
} from './door/token.js';
export { Answers, AnswersNothing, AnswersText } from './routes/answers.js';
export { openApiText } from './routes/document.js';
export { permitKey } from './routes/permit.js';
export { complaint, readingPipe } from './routes/reading.js';
export { routesOf, type Route } from './routes/routes.js';
export { languageOf, type Language } from './problems/language.js';
export { Problem, problems } from './problems/problem.js';
export { ProblemFilter, problemOf } from './problems/problem-filter.js';
