/** Even when one fails: no call may still be in flight when the batch is answered. */
export async function bothToTheirEnd<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}
