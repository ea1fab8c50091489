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
});
