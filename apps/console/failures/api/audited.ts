import type { Selection } from '../desk/selection.js';

/** What was chosen, as far as it may stand in the audit: by which filters, and which one group, failure or student. */
export const auditedSelection = ({ ids, system, group, code, ...others }: Selection) => ({
  system,
  about: ids?.length === 1 ? ids[0] : (group ?? code),
  fields: Object.keys({
    ...(ids && { ids }),
    ...(system && { system }),
    ...(group && { group }),
    ...(code && { code }),
    ...others,
  }),
});
