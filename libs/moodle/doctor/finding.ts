export { fromFailure, ill, well, type Finding, type Severity } from '#contracts';
