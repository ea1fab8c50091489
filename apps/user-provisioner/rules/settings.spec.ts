import { settings, content } from '../testing/contents.js';

describe('settings', () => {
  it('name every fault at once, with key and mend, in both languages', () => {
    const broken = () =>
      settings({ username: '{surname}', fields: { shoesize: '{code}', 'profile.group': '{grup}' }, password: 'none' });
    expect(broken).toThrow(/accounts\.username/);
    expect(broken).toThrow(/accounts\.fields\.shoesize/);
    expect(broken).toThrow(/accounts\.fields\.profile\.group/);
    expect(broken).toThrow(/accounts\.password/);
    expect(broken).toThrow(/плагину manual нужен пароль/);
  });
  it('make no password for a single sign-on plugin', () => {
    expect(settings({ auth: 'oauth2' }).password).toBe('none');
    expect(settings({ auth: 'oauth2', password: 'none' }).password).toBe('none');
    expect(settings({ auth: 'nologin' }).password).toBe('random');
  });
  it('put the patronymic into middlename, unless the configuration puts it elsewhere', () => {
    expect(content().hidden.fields).toEqual({ middlename: 'Сергеевич' });
    const elsewhere = content({}, { fields: { firstname: '{firstname} {middlename}' } });
    expect(elsewhere.hidden.fields).toEqual({});
    expect(elsewhere.shown.firstname).toBe('Пётр Сергеевич');
  });
  it('take an account over, and give a language, only where they say so', () => {
    expect(settings()).toMatchObject({ adopt: false });
    expect(settings()).not.toHaveProperty('lang');
    expect(settings({ adopt: 'username', lang: 'ru' })).toMatchObject({ adopt: true, lang: 'ru' });
  });
  it.each(['mnet', 'webservice'])('know that Moodle makes no accounts for %s', (auth) => {
    expect(() => settings({ auth })).toThrow(new RegExp(`accounts\\.auth.*${auth}`, 's'));
  });
  it('let a username name the human only where every student comes with one', () => {
    expect(() => settings({ username: '{individual}' })).toThrow(/accounts\.username.*individual/s);
    expect(settings({ username: '{individual}', per: 'individual' }).usernameFromCode).toBe(true);
  });
  it('know the username everywhere but where it is still to be made', () => {
    expect(() => settings({ username: '{username}' })).toThrow(/accounts\.username/);
    expect(() => settings({ missingNames: { lastname: '{username}' } })).toThrow(/accounts\.missingNames\.lastname/);
    expect(settings({ fields: { department: '{username}' } }).fields.department!.parts).toHaveLength(1);
  });
  it('take a field for one of the profile or a preference only by its whole name', () => {
    for (const field of ['xprofile.group', 'profile.', 'preferences.x', 'profile.group\nx'])
      expect(() => settings({ fields: { [field]: '{code}' } })).toThrow(/no such field/);
    expect(settings({ fields: { 'profile.group': '{group}', 'preference.x_y': '-' } })).toMatchObject({
      profile: { group: { text: '{group}' } },
      preferences: { x_y: { text: '-' } },
    });
  });
  it('name the file that is to be mended', () => {
    const before = process.env.ITK_CONFIG;
    try {
      delete process.env.ITK_CONFIG;
      expect(() => settings({ auth: 'mnet' })).toThrow(/config\/itk\.yaml/);
      process.env.ITK_CONFIG = 'elsewhere.yaml';
      expect(() => settings({ auth: 'mnet' })).toThrow(/elsewhere\.yaml/);
    } finally {
      if (before === undefined) delete process.env.ITK_CONFIG;
      else process.env.ITK_CONFIG = before;
    }
  });
});
