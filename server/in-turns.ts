/** The longest that the others who ask wait for this work. */
const turnMilliseconds = 20

/** Work on many, in which the server goes on answering others. */
export async function inTurns<T>(all: readonly T[], work: (one: T) => unknown): Promise<void> {
  let began = performance.now()
  for (const one of all) {
    await work(one)
    if (performance.now() - began < turnMilliseconds) continue
    await new Promise(setImmediate)
    began = performance.now()
  }
}
