import { startArguments } from './arguments.mjs';

test('the path of a configuration is the one that the person typed, seen from where they typed it', () => {
  expect(startArguments([], '/home/someone')).toEqual({ without: [] });
  expect(startArguments(['--config', 'own/itk.yaml'], '/home/someone')).toEqual({
    config: '/home/someone/own/itk.yaml',
    without: [],
  });
  expect(startArguments(['--config=/etc/itk.yaml'], '/home/someone')).toEqual({ config: '/etc/itk.yaml', without: [] });
  expect(startArguments(['--without', 'a,b', '--without=c'], '/').without).toEqual(['a', 'b', 'c']);
  for (const wrong of [['--config'], ['--confg', 'x'], ['--config', 'x', 'y'], ['x'], ['--config='], ['--without']]) {
    expect(() => startArguments(wrong, '/')).toThrow('npm start -- --config');
  }
});
