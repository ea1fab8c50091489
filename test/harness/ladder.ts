/**
 * A policy by which the retry queues that match wait so many milliseconds only: a test of minutes cannot wait for hours.
 * @param api the broker's management address with name and password
 * @returns takes the policy away
 */
export async function shortenLadder(api: string, ms: number, queues = '\\.retry\\.'): Promise<() => Promise<void>> {
  const name = `short-ladder-${Math.random().toString(36).slice(2)}`;
  const ask = async (method: 'PUT' | 'DELETE', body?: unknown): Promise<void> => {
    const address = new URL(`/api/policies/%2F/${name}`, api);
    const authorization = `Basic ${Buffer.from(`${address.username}:${address.password}`).toString('base64')}`;
    address.username = address.password = '';
    const answer = await fetch(address, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the broker refused the policy: ${answer.status}`);
  };
  await ask('PUT', { pattern: queues, definition: { 'message-ttl': ms }, 'apply-to': 'queues' });
  return () => ask('DELETE');
}
