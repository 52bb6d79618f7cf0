import { tick } from 'svelte'

/**
 * Prints what is drawn, and answers when the printing is over. A tablet may print long after it was asked,
 * and a browser may never tell: whoever touches the page again has come back from it.
 */
export async function printSheet(): Promise<void> {
  await tick()
  const over = new AbortController()
  const isOver = new Promise((resolve) => {
    for (const event of ['afterprint', 'pointerdown'])
      addEventListener(event, resolve, { signal: over.signal })
  })
  print()
  await isOver
  over.abort()
}
