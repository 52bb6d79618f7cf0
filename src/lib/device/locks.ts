const within = new Map<string, Promise<unknown>>()

/** Several tabs and the service worker are one: whoever holds the name works, the others wait. */
export function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  if ('locks' in navigator) return navigator.locks.request(name, () => work())
  const before = within.get(name) ?? Promise.resolve()
  const after = before.then(work, work)
  within.set(name, after)
  return after
}

/** Held together with others; whoever wants the name alone waits for all of them. Answers how to let go. */
export function share(name: string): () => void {
  const held = Promise.withResolvers<undefined>()
  void navigator.locks.request(name, { mode: 'shared' }, () => held.promise)
  return () => held.resolve(undefined)
}

/** Null at once when somebody else holds it. */
export function ifFree<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  if (!('locks' in navigator)) return withLock(name, work)
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) =>
    lock ? await work() : null
  )
}
