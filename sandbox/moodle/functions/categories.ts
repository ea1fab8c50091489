import { moodleError } from '../protocol/errors.js';
import { bool, int, list, optional, structure, text, withDefault } from '../protocol/parameters.js';
import { webServiceFunction } from '../site.js';
import type { Category } from '../store/courses.js';

export const getCategories = webServiceFunction(
  'core_course_get_categories',
  structure({
    criteria: withDefault(list(structure({ key: text('alpha'), value: text('raw') })), []),
    addsubcategories: withDefault(bool, true),
  }),
  (site, { criteria, addsubcategories }, call) => {
    const all = [...site.state.courses.categories.values()];
    const tests = criteria.map(({ key, value }): ((category: Category) => boolean) => {
      if (key === 'id') return (category) => category.id === Number(value);
      if (key === 'ids') return (category) => value.split(',').map(Number).includes(category.id);
      if (key === 'name') return (category) => category.name === value;
      if (key === 'parent') return (category) => category.parent === Number(value);
      if (key === 'visible') return () => value === '1';
      if (key === 'idnumber' && site.can('moodle/category:manage')) return (category) => category.idnumber === value;
      throw moodleError('criteriaerror', `Missing permissions to search on a criterion (${key})`);
    });
    const found = new Set(all.filter((category) => tests.every((test) => test(category))));
    if (addsubcategories) {
      const held = new Set([...found].map((category) => category.id));
      for (const category of all) {
        if (!held.has(category.parent)) continue;
        held.add(category.id);
        found.add(category);
      }
    }
    return [...found].map((category) => ({
      id: category.id,
      name: site.print(category.name, call),
      parent: category.parent,
      ...(site.can('moodle/category:manage') ? { idnumber: category.idnumber, visible: 1 } : {}),
    }));
  },
);

export const createCategories = webServiceFunction(
  'core_course_create_categories',
  structure({
    categories: list(
      structure({
        name: text('text'),
        parent: withDefault(int, 0),
        idnumber: optional(text('raw')),
        description: optional(text('raw')),
        descriptionformat: optional(int),
        theme: optional(text('theme')),
      }),
    ),
  }),
  (site, { categories }) =>
    site.state.transactions.run(() =>
      categories.map((wanted) => {
        const all = site.state.courses.categories;
        if (wanted.parent !== 0 && !all.has(wanted.parent)) throw moodleError('unknowncategory');
        site.require('moodle/category:manage');
        const { idnumber } = wanted;
        if (idnumber && [...all.values()].some((category) => category.idnumber === idnumber)) {
          throw moodleError('categoryidnumbertaken', 'ID number is already used for another category');
        }
        const made = site.state.courses.insertCategory({
          name: wanted.name,
          parent: wanted.parent,
          idnumber: idnumber ?? '',
        });
        return { id: made.id, name: made.name };
      }),
    ),
);
