import type { Page } from 'playwright-core'

/**
 * Before the enrolment. Whoever types a name, a password and a passphrase twice has the app's own files by
 * then, so they are waited for. Answers when the caseload was asked for, in milliseconds since 1970.
 */
export async function watchFirstPull(page: Page): Promise<() => number> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/sync/pull'))
      asked ||= performance.timeOrigin + performance.now()
  })
  return () => asked
}
