import fc from 'fast-check';
import type { MoodleUser } from '#moodle';
import { hiddenHash } from './account-content.js';
import { differences } from './differences.js';
import { content, showing } from '../testing/contents.js';

describe('differences', () => {
  const mapped = { fields: { department: '{group}', 'profile.code': '{code}' } };

  it('are none where the content stands', () => {
    const wanted = content({}, mapped);
    const written = { email: wanted.email, hiddenHash: hiddenHash(wanted.hidden) };
    expect(differences(wanted, showing(wanted), written)).toBeUndefined();
  });

  it('name exactly the fields that differ; once written, nothing differs any more', () => {
    const text = fc.constantFrom('', 'А', 'Б', 'В');
    fc.assert(
      fc.property(text, text, text, text, text, (lastname, department, profile, email, hidden) => {
        const wanted = content({}, mapped);
        const found = showing(wanted, {
          lastname,
          department,
          profile: profile ? { code: profile } : {},
          email: email && `${email}@x.invalid`,
        });
        const written = { email: wanted.email, ...(hidden && { hiddenHash: hidden }) };
        const change = differences(wanted, found, written)!;
        expect(change).toEqual({
          id: 7,
          lastname: wanted.shown.lastname,
          department: wanted.shown.department,
          profile: wanted.profile,
          ...(email === '' && { email: wanted.email }),
          middlename: 'Сергеевич',
        });
        const { id: _id, middlename: _hidden, profile: profileChange, ...shown } = change;
        const after: MoodleUser = { ...found, ...shown, profile: { ...found.profile, ...profileChange } } as MoodleUser;
        const afterwards = { email: wanted.email, hiddenHash: hiddenHash(wanted.hidden) };
        expect(differences(wanted, after, afterwards)).toBeUndefined();
      }),
    );
  });

  it('leave an address that the person changed, until the template makes another one', () => {
    const wanted = content();
    const written = { email: wanted.email, hiddenHash: hiddenHash(wanted.hidden) };
    const changed = showing(wanted, { email: 'Me@example.org' });
    expect(differences(wanted, changed, written)).toBeUndefined();
    expect(differences(wanted, changed, { ...written, email: 'old@students.invalid' })).toEqual({
      id: 7,
      email: wanted.email,
    });
  });

  it('do not clear, in an account that is taken over, what cannot be read', () => {
    const wanted = content({ middlename: '' });
    expect(differences(wanted, showing(wanted), {})).toBeUndefined();
    expect(differences(wanted, showing(wanted), { hiddenHash: 'of another' })).toEqual({ id: 7, middlename: '' });
  });

  it('give an account that is taken over its key, and leave its address', () => {
    const wanted = content({ middlename: '' });
    const found = showing(wanted, { idnumber: '', email: 'own@example.org' });
    expect(differences(wanted, found, {})).toEqual({ id: 7, idnumber: wanted.idnumber });
  });

  it('do not write an address that stands there already, in whatever case', () => {
    const wanted = content();
    const found = showing(wanted, { email: wanted.email.toUpperCase() });
    const written = { email: 'old@students.invalid', hiddenHash: hiddenHash(wanted.hidden) };
    expect(differences(wanted, found, written)).toBeUndefined();
  });

  it('write preferences with the other fields that Moodle never shows, when one of them says something', () => {
    const wanted = content({ middlename: '' }, { fields: { 'preference.x_y': '{kind}' } });
    expect(differences(wanted, showing(wanted), {})).toEqual({
      id: 7,
      middlename: '',
      preferences: { x_y: 'student' },
    });
  });
});
