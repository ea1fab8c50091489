/** Behind the #: no server and no proxy on the way sees the token. */
export const linkFor = (address: string, token: string): string => `${address}/welcome#${token}`;
