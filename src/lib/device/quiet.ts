const milliseconds = { quiet: 400, most: 5000 } as const

/**
 * Once this page has asked for nothing for a moment, or after five seconds of waiting for that. A service
 * worker that was let go ends when it rests, and Chromium wakes the same one again for a request that
 * comes while it ends: it is then in charge for minutes more, and nothing can tell it again.
 */
export function whenQuiet(): Promise<void> {
  return new Promise((resolve) => {
    const quiet = () => {
      observer.disconnect()
      clearTimeout(most)
      resolve()
    }
    const most = setTimeout(quiet, milliseconds.most)
    let rest = setTimeout(quiet, milliseconds.quiet)
    const observer = new PerformanceObserver(() => {
      clearTimeout(rest)
      rest = setTimeout(quiet, milliseconds.quiet)
    })
    observer.observe({ type: 'resource' })
  })
}
