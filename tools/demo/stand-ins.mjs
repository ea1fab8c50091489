/**
 * @typedef {object} StandIn
 * @property {'moodle' | 'onec' | 'component'} kind
 * @property {number} port
 * @property {string} key of the configuration, for a person
 * @property {string} [tokenFile]
 *
 * @typedef {object} GivenSystem
 * @property {string} [els]
 * @property {{ url?: string }} [synchronizer]
 * @property {{ url?: string, tokenFile?: string }} [moodle]
 *
 * @typedef {object} Given What itk.yaml holds, unchecked: the services tell what is wrong with it.
 * @property {(GivenSystem | null)[] | string} [systems]
 * @property {{ http?: { publicUrl?: string } | null } | null} [console]
 * @property {{ mirror?: { url?: string, odata?: { url?: string } }, zone?: string }} [onecComponent]
 */

/**
 * Port of an address when it is this machine's.
 * @param {string | undefined} address
 */
function localPort(address) {
  let url;
  try {
    url = new URL(String(address));
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
 * @param {Given | null | undefined} configuration
 * @returns {StandIn[]}
 */
export function standInsOf(configuration) {
  /** @type {Map<number, StandIn>} */
  const found = new Map();
  /** @type {(kind: StandIn['kind'], address: string | undefined, key: string, more?: { tokenFile?: string }) => void} */
  const note = (kind, address, key, more = {}) => {
    const port = localPort(address);
    if (port && !found.has(port)) found.set(port, { kind, port, key, ...more });
  };
  const systems = systemsOf(configuration);
  const component = configuration?.onecComponent;
  if (component) {
    for (const [index, system] of systems.entries()) {
      note('component', system?.synchronizer?.url, `systems[${index}].synchronizer.url`);
    }
    const { odata, url } = component.mirror ?? {};
    if (odata) note('onec', odata.url, 'onecComponent.mirror.odata.url');
    else note('onec', url, 'onecComponent.mirror.url');
  }
  for (const [index, system] of systems.entries()) {
    note('moodle', system?.moodle?.url, `systems[${index}].moodle.url`, { tokenFile: system?.moodle?.tokenFile });
  }
  return [...found.values()];
}

/**
 * @param {Given | null | undefined} configuration
 * @returns {(GivenSystem | null)[]}
 */
export function systemsOf(configuration) {
  return Array.isArray(configuration?.systems) ? configuration.systems : [];
}
