export type {
  AccountChange,
  ManualEnrolment,
  MoodleGroup,
  MoodleUser,
  NewAccount,
  NewCourse,
  Participant,
  Settled,
  UserKey,
  Witness,
} from './types.js';
export { MoodleRefusal } from './errors.js';
export { MoodleClient } from './client.js';
export { examineMoodleOf, MoodleClients, MoodleModule, moodleSoundings } from './clients.js';
export { words, wrongSettings } from './failures/refused-alike.js';
export { groupIdnumber, groupName } from './courses/group-names.js';
export { plainText } from './plain-text.js';
export { faultIn } from './accounts/validate.js';
