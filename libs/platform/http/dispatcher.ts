import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { proxyFor } from './way.js';

/** Not the global one: on a newer Node that belongs to another `undici`, the one behind `fetch`. */
const direct = new Agent();
const proxies = new Map<string, Dispatcher>();

/** Connections that are kept and shared, for `undici`'s request: through the proxy that the environment names, if any. */
export function dispatcherFor(address: string): Dispatcher {
  const proxy = proxyFor(address);
  if (!proxy) return direct;
  let agent = proxies.get(proxy.href);
  // http is asked of the proxy, only https is tunnelled: many proxies let no CONNECT to port 80 through
  if (!agent) proxies.set(proxy.href, (agent = new ProxyAgent({ uri: proxy.href, proxyTunnel: false })));
  return agent;
}
