/** Host of an address when it is this machine's. */
function localPort(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return undefined;
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/**
 * What has to stand on which port of this machine for a configuration: a sandbox for every system whose Moodle is
 * at a loopback address, one for the 1C whose data the component mirrors, and the component itself where the
 * systems call it. What points elsewhere is somebody's real server: nothing is started for it.
 * @param configuration content of itk.yaml, unchecked: the services tell what is wrong with it
 * @returns [{kind: 'moodle' | 'onec' | 'component', port, key, tokenFile?}]
 */
export function standInsOf(configuration) {
  const found = new Map();
  const note = (kind, address, key, more = {}) => {
    const port = localPort(address);
    if (port && !found.has(port)) found.set(port, { kind, port, key, ...more });
  };
  const systems = Array.isArray(configuration?.systems) ? configuration.systems : [];
  const component = configuration?.onecComponent;
  if (component) {
    for (const [index, system] of systems.entries()) {
      note('component', system?.synchronizer?.url, `systems[${index}].synchronizer.url`);
    }
    note('onec', component.mirror?.url, 'onecComponent.mirror.url');
  }
  for (const [index, system] of systems.entries()) {
    note('moodle', system?.moodle?.url, `systems[${index}].moodle.url`, { tokenFile: system?.moodle?.tokenFile });
  }
  return [...found.values()];
}
