/** A frame that is this late is waited for no longer. */
const patienceMilliseconds = 300

/**
 * Once a press shows: what it sets going comes behind its frame. On a slow tablet the first steps of a save would
 * else stand between a finger and what it pressed. A page that is left draws nothing more and may be frozen at any
 * moment: then what is to be kept begins at once.
 */
export function whenDrawn(): Promise<void> {
  if (typeof document === 'undefined' || document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(impatience)
      document.removeEventListener('visibilitychange', done)
      resolve()
    }
    const impatience = setTimeout(done, patienceMilliseconds)
    document.addEventListener('visibilitychange', done)
    requestAnimationFrame(() => setTimeout(done))
  })
}
