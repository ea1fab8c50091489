import { releaseName, simulatedInstalls } from '../debian/download.mjs';
import { packagesToUnpack } from './packages.mjs';

const simulation = `Inst libsctp1 (1.0.19+dfsg-2 Debian:12.0/stable [amd64])
Inst erlang-base (1:25.2.3+dfsg-1 Debian:12.0/stable [amd64])
Inst erlang-crypto:amd64 (1:25.2.3+dfsg-1 Debian:12.0/stable [amd64]) []
Conf libsctp1 (1.0.19+dfsg-2 Debian:12.0/stable [amd64])
Remv something-else [1.0]
`;

test('names are read from what apt would install, not from what it would configure or remove', () => {
  expect(simulatedInstalls(simulation)).toEqual(['libsctp1', 'erlang-base', 'erlang-crypto']);
  expect(simulatedInstalls('')).toEqual([]);
});

test('all of Erlang is unpacked even where the system has some, libraries only where it has not', () => {
  const onEmptySystem = ['libc6', 'libssl3', 'adduser', 'erlang-base', 'erlang-crypto', 'libsctp1', 'rabbitmq-server'];
  const onThisSystem = ['socat', 'libsctp1', 'rabbitmq-server'];
  expect(packagesToUnpack(onEmptySystem, onThisSystem)).toEqual([
    'erlang-base',
    'erlang-crypto',
    'libsctp1',
    'rabbitmq-server',
  ]);
});

test('a cache folder belongs to one release and architecture', () => {
  expect(releaseName('PRETTY_NAME="Debian"\nID=debian\nVERSION_ID="12"\n', 'x64')).toBe('debian-12-x64');
  expect(releaseName('NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n', 'arm64')).toBe(
    'ubuntu-24.04-arm64',
  );
  expect(releaseName('ID=debian\n', 'x64')).toBe('debian-unknown-x64');
});
