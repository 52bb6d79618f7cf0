/** A page that nobody sees draws nothing. */
const patienceMilliseconds = 300

/**
 * Once a press shows: what it sets going comes behind its frame. On a slow tablet the first steps of a save would
 * else stand between a finger and what it pressed.
 */
export function whenDrawn(): Promise<void> {
  if (typeof document === 'undefined' || document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    const impatience = setTimeout(resolve, patienceMilliseconds)
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(impatience)
        resolve()
      })
    )
  })
}
