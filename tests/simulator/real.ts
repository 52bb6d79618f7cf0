const { setImmediate, setTimeout, clearTimeout } = globalThis
const { now } = Date

/** The machine's own, whatever stands in their place meanwhile. */
export const real = {
  setImmediate,
  setTimeout,
  clearTimeout,
  now,
  immediate: (): Promise<void> =>
    new Promise((resolve) => {
      setImmediate(resolve)
    })
}
