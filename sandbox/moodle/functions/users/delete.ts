import { invalidUser, moodleError } from '../../protocol/errors.js';
import { int, list, structure } from '../../protocol/parameters.js';
import { webServiceFunction } from '../../site.js';
import { adminId, serviceAccountId } from '../../store/state.js';

export const deleteUsers = webServiceFunction(
  'core_user_delete_users',
  structure({ userids: list(int) }),
  (site, { userids }) => {
    site.require('moodle/user:delete');
    site.state.transactions.run(() => {
      for (const id of userids) {
        const user = site.state.users.get(id);
        if (!user || user.deleted) throw invalidUser();
        if (id === adminId) throw moodleError('useradminodelete');
        if (id === serviceAccountId) throw moodleError('usernotdeletederror');
        site.state.deleteUser(user);
      }
    });
    return null;
  },
);
